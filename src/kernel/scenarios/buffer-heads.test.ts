import { expect, test } from "vitest";
import { EIO } from "../include/linux/errno.ts";
import { badBlock, changeOneBlock, noFrames } from "./buffer-heads.ts";

test("a block is changed without its neighbour in the same page", () => {
  expect(changeOneBlock()).toEqual({
    read: null,
    synced: [0, 0],
    written: null,
    kept: null,
    samePage: true,
    whileCached: [],
    imbalances: [],
  });
});

test("blocks that cannot be read or written", () => {
  expect(badBlock()).toEqual({ unreadable: null, written: -EIO, again: true, imbalances: [] });
});

test("a buffer needs a frame", () => {
  expect(noFrames()).toEqual({ first: true, second: null, imbalances: [] });
});

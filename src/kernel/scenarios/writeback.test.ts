import { expect, test } from "vitest";
import { EIO, ENOSPC } from "../include/linux/errno.ts";
import {
  failingDisk,
  fullDisk,
  mappedFile,
  readScatteredWithHole,
  readTwice,
  smallScatteredBlocks,
  truncateDuringWriteback,
  writeThenSync,
} from "./writeback.ts";

test("what is written stays in the page cache until it is synced", () => {
  expect(writeThenSync()).toEqual({ written: 20780, early: 0, synced: 0, difference: null, imbalances: [] });
});

test("what was read once is read from the cache", () => {
  expect(readTwice()).toEqual({ first: 24576, second: 24576, difference: null, imbalances: [] });
});

test("scattered small blocks are written buffer by buffer, and the buffers hold their page until it leaves", () => {
  expect(smallScatteredBlocks()).toEqual({
    written: 20480,
    synced: 0,
    difference: null,
    whileCached: [],
    imbalances: [],
  });
});

test("a missing block between scattered ones reads as zeros", () => {
  expect(readScatteredWithHole()).toEqual({ read: 4096, difference: null, imbalances: [] });
});

test("a mapped file is read by faults and written back where it was stored to", () => {
  expect(mappedFile()).toEqual({ difference: null, written: 1, stored: null, again: 0, imbalances: [] });
});

test("a failing disk makes reads short or fail, and is noticed by whoever syncs, once", () => {
  expect(failingDisk()).toEqual({
    short: 4096,
    failed: -EIO,
    written: 8192,
    synced: -EIO,
    again: 0,
    repaired: 16384,
    imbalances: [],
  });
});

test("a full disk is noticed at writeback", () => {
  expect(fullDisk()).toEqual({ written: 16384, synced: -ENOSPC, imbalances: [] });
});

test("truncation waits for writeback", () => {
  expect(truncateDuringWriteback()).toEqual({ cached: 0, imbalances: [] });
});

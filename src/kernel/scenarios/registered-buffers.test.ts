import { expect, test } from "vitest";
import { EFAULT, EIO, EOPNOTSUPP } from "../include/linux/errno.ts";
import {
  classicFile,
  pinnedThroughClone,
  readAndWrite,
  refusals,
  registerWithoutFrames,
  splitAndCloned,
  unregisteredDuringRead,
} from "./registered-buffers.ts";

test("a registered buffer serves several IOs with one pin", () => {
  expect(readAndWrite()).toEqual({
    read: [{ user_data: 1, res: 8192 }],
    written: [{ user_data: 2, res: 8192 }],
    difference: null,
    seen: null,
    whileRegistered: [],
    imbalances: [],
  });
});

test("bios over a registered buffer hold nothing, also when they are cloned and split: mapped and pinned makes two", () => {
  expect(splitAndCloned()).toEqual({ results: [327680], most: [2], difference: null, imbalances: [] });
});

test("pages that were pinned for a bio are released by it, not by its clone", () => {
  expect(pinnedThroughClone()).toEqual({ read: 327680, difference: null, failed: -EIO, imbalances: [] });
});

test("the pin ends with the last IO that borrows it", () => {
  expect(unregisteredDuringRead()).toEqual({ stillPinned: 2, results: [8192], left: 0, imbalances: [] });
});

test("classic direct IO takes references of its own from a registered buffer", () => {
  expect(classicFile()).toEqual({ written: [8192], read: [8192], difference: null, imbalances: [] });
});

test("what cannot be registered or read gives back what it holds", () => {
  expect(refusals()).toEqual({
    hole: -EFAULT,
    storage: -EOPNOTSUPP,
    beyond: [-EFAULT],
    badSector: [-EIO],
    imbalances: [],
  });
});

test("a buffer is registered as a whole or not at all", () => {
  expect(registerWithoutFrames()).toEqual({ error: -EFAULT, imbalances: [] });
});

import { expect, test } from "vitest";
import { EFAULT, EINVAL, EIO, ENODEV, ENOMEM } from "../include/linux/errno.ts";
import {
  badDevice,
  badMemory,
  manyRanges,
  noFrames,
  readAndWrite,
  reservedPages,
  writebackMeanwhile,
} from "./sg-io.ts";

test("aligned memory is pinned while the command runs", () => {
  expect(readAndWrite(512)).toEqual({
    written: 0,
    read: 0,
    stored: null,
    difference: null,
    pinnedMeanwhile: [3],
    imbalances: [],
  });
});

test("unaligned memory is copied, and nothing of it is held while the command runs", () => {
  expect(readAndWrite(100)).toEqual({
    written: 0,
    read: 0,
    stored: null,
    difference: null,
    pinnedMeanwhile: [0],
    imbalances: [],
  });
});

test("ranges that go on within a page are one piece", () => {
  expect(manyRanges()).toEqual({ read: 0, difference: null, imbalances: [] });
});

test("a driver's own pages are used, by the block layer or by the driver, and stay the driver's", () => {
  expect(reservedPages()).toEqual({
    read: 0,
    copied: null,
    leftToDriver: true,
    inReserve: null,
    tooLong: -ENOMEM,
    held: [],
    imbalances: [],
  });
});

test("memory with a hole fails, whichever way the data would have gone", () => {
  expect(badMemory()).toEqual({
    pinned: -EFAULT,
    copiedIn: -EFAULT,
    copiedOut: -EFAULT,
    nothing: -EINVAL,
    imbalances: [],
  });
});

test.each([0, 100])("a command that fails gives back what it holds (memory at offset %i)", (offset) => {
  expect(badDevice(offset)).toEqual({
    badSector: -EIO,
    beyond: -EIO,
    tooLarge: -EIO,
    removed: -EIO,
    gone: -ENODEV,
    imbalances: [],
  });
});

test("copies fail without frames where pins do not", () => {
  expect(noFrames()).toEqual({ copied: -ENOMEM, pinned: 0, imbalances: [] });
});

test("pages that were cleaned meanwhile are dirtied again", () => {
  expect(writebackMeanwhile()).toEqual({ read: 0, dirty: 2, imbalances: [] });
});

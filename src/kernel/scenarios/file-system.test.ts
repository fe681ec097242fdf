import { expect, test } from "vitest";
import { EFAULT, EIO, ENOSPC } from "../include/linux/errno.ts";
import {
  diskFull,
  endWithinBlock,
  overwritePartOfBlock,
  readFragmented,
  readHoles,
  reapError,
  sourceEndsInNewBlock,
  writeIntoHole,
  writePartOfNewBlock,
} from "./file-system.ts";

test("the rest of a new block is filled with zeros before and after the data", () => {
  expect(writePartOfNewBlock()).toEqual({ written: 512, i_size: 1536, difference: null, imbalances: [] });
});

test("the rest of an old block is left alone", () => {
  expect(overwritePartOfBlock()).toEqual({ written: 512, difference: null, imbalances: [] });
});

test("holes are read as zeros, and the end of the file ends the read", () => {
  expect(readHoles()).toEqual({ read: 20480, difference: null, imbalances: [] });
});

test("a read ends where the file ends, within a block or within a hole", () => {
  expect(endWithinBlock()).toEqual({ mapped: 4796, holes: 8892, imbalances: [] });
});

test("a write stops at a hole inside the file", () => {
  expect(writeIntoHole()).toEqual({ written: 4096, imbalances: [] });
});

test("a file in pieces is read with a bio for each piece", () => {
  expect(readFragmented()).toEqual({ written: 163840, read: 163840, difference: null, imbalances: [] });
});

test("an error found while submitting ends the submission", () => {
  expect(reapError()).toEqual({ read: -EIO, imbalances: [] });
});

test("a write that does not fit gives its blocks back", () => {
  expect(diskFull()).toEqual({ tooLarge: -ENOSPC, fits: 12288, i_size: 12288, imbalances: [] });
});

test("a new block whose data cannot be pinned is zeroed to its end", () => {
  expect(sourceEndsInNewBlock()).toEqual({ written: -EFAULT, difference: null, imbalances: [] });
});

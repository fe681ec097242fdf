import { expect, test } from "vitest";
import { EFAULT, EIO, ENOMEM, ENOSPC, ERESTARTSYS } from "../include/linux/errno.ts";
import {
  badSector,
  badSectorFarBehind,
  brokenDisk,
  endOfDevice,
  holeInBuffer,
  holeInSource,
  killedWhileSubmitting,
  outOfFrames,
  storeAfterSubmit,
  wrongMemory,
} from "./failures.ts";
import type { Place } from "./machine.ts";

const places: readonly Place[] = ["block device", "file of ext2"];

test.each(places)("%s: a read into memory with a hole is short", (place) => {
  expect(holeInBuffer(place)).toEqual({ read: 8192, difference: null, imbalances: [] });
});

test("a write from memory with a hole fails, and zeros are written to the blocks that were mapped", () => {
  expect(holeInSource()).toEqual({ written: -EFAULT, difference: null, imbalances: [] });
});

test.each(places)("%s: memory that the process may not use cannot be pinned", (place) => {
  expect(wrongMemory(place)).toEqual({
    intoNothing: -EFAULT,
    intoReadOnly: -EFAULT,
    fromReadOnly: 4096,
    imbalances: [],
  });
});

test("when frames run out, classic direct IO fails, and direct IO of a block device is short", () => {
  expect(outOfFrames("file of ext2")).toEqual({ short: -ENOMEM, none: -ENOMEM, imbalances: [] });
  expect(outOfFrames("block device")).toEqual({ short: 7 * 4096, none: -ENOMEM, imbalances: [] });
});

test("a kill stops pinning, waits for what is in flight and gives it back", () => {
  expect(killedWhileSubmitting()).toEqual({ read: -ERESTARTSYS, pagesTouched: 64, imbalances: [] });
});

test.each(places)("%s: a bad sector fails the request that touches it", (place) => {
  expect(badSector(place)).toEqual({ read: -EIO, written: -EIO, halves: [8192, -EIO], imbalances: [] });
});

test.each(places)("%s: a bad sector in one of many requests fails the read, the other requests arrive", (place) => {
  expect(badSectorFarBehind(place)).toEqual({ read: -EIO, difference: null, imbalances: [] });
});

test("at the end of the device transfers are short, beyond it there is nothing", () => {
  expect(endOfDevice()).toEqual({
    readAcross: 512,
    readBeyond: 0,
    writeAcross: 1024,
    writeBeyond: -ENOSPC,
    imbalances: [],
  });
});

test.each(places)("%s: a bio may end while it is being submitted", (place) => {
  expect(brokenDisk(place)).toEqual({ shrunken: -EIO, absent: -EIO, asynchronous: [-EIO], imbalances: [] });
});

test.each(places)("%s: the device reads the pages themselves, not a copy", (place) => {
  expect(storeAfterSubmit(place)).toEqual({ difference: null, imbalances: [] });
});

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

test("a read into memory with a hole is short", () => {
  expect(holeInBuffer()).toEqual({ read: 8192, difference: null, imbalances: [] });
});

test("a write from memory with a hole fails, and zeros are written to the blocks that were mapped", () => {
  expect(holeInSource()).toEqual({ written: -EFAULT, difference: null, imbalances: [] });
});

test("memory that the process may not use cannot be pinned", () => {
  expect(wrongMemory()).toEqual({ intoNothing: -EFAULT, intoReadOnly: -EFAULT, fromReadOnly: 4096, imbalances: [] });
});

test("when frames run out, a read fails and gives back what it had pinned", () => {
  expect(outOfFrames()).toEqual({ short: -ENOMEM, none: -ENOMEM, imbalances: [] });
});

test("a kill stops pinning, waits for what is in flight and gives it back", () => {
  expect(killedWhileSubmitting()).toEqual({ read: -ERESTARTSYS, pagesTouched: 64, imbalances: [] });
});

test("a bad sector fails the request that touches it", () => {
  expect(badSector()).toEqual({ read: -EIO, written: -EIO, halves: [8192, -EIO], imbalances: [] });
});

test("a bad sector in one of many requests fails the read, the other requests arrive", () => {
  expect(badSectorFarBehind()).toEqual({ read: -EIO, difference: null, imbalances: [] });
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

test("a bio may end while it is being submitted", () => {
  expect(brokenDisk()).toEqual({ shrunken: -EIO, absent: -EIO, asynchronous: [-EIO], imbalances: [] });
});

test("the device reads the pages themselves, not a copy", () => {
  expect(storeAfterSubmit()).toEqual({ difference: null, imbalances: [] });
});

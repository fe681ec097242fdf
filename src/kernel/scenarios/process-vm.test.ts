import { expect, test } from "vitest";
import { EFAULT, EINVAL, ESRCH } from "../include/linux/errno.ts";
import { holes, noFrames, readLarge, readScattered, rights, whoIsThere, writeIntoFile } from "./process-vm.ts";

test("ranges of one process arrive in ranges of another, byte by byte", () => {
  expect(readScattered()).toEqual({ read: 9002, difference: null, imbalances: [] });
});

test("a page that was written to is dirty, so its file learns of it", () => {
  expect(writeIntoFile()).toEqual({ written: 8192, difference: null, dirtyPages: 3, imbalances: [] });
});

test("more than one batch of pages is pinned and released batch by batch", () => {
  expect(readLarge()).toEqual({ read: 4218872, difference: null, imbalances: [] });
});

test("a transfer ends where memory ends on either side, and only what was pinned is released", () => {
  expect(holes()).toEqual({
    remoteEnds: 12288,
    difference: null,
    localEnds: 4096,
    nothingThere: -EFAULT,
    nothingHere: -EFAULT,
    imbalances: [],
  });
});

test("rights are the other process's, and a write breaks what it shares with its parent", () => {
  expect(rights()).toEqual({
    readOnly: -EFAULT,
    shared: 16,
    parentUnchanged: null,
    childDifference: null,
    imbalances: [],
  });
});

test("who is not there has no memory", () => {
  expect(whoIsThere()).toEqual({
    never: -ESRCH,
    nothing: 0,
    flags: -EINVAL,
    killed: -EFAULT,
    gone: -ESRCH,
    imbalances: [],
  });
});

test("when frames run out within a batch, what could be pinned is written and released", () => {
  expect(noFrames()).toEqual({ some: 8192, none: -EFAULT, imbalances: [] });
});

import { expect, test } from "vitest";
import { EAGAIN, EFAULT, EINVAL, EIO, ENODEV, ENOMEM, ERESTARTSYS } from "../include/linux/errno.ts";
import {
  closeDuringCopy,
  copyForAnother,
  copyIntoFile,
  copyMapped,
  copyUntouched,
  forkAfterCopy,
  noOneThere,
  partOfIt,
  pulledOut,
  refusals,
  unmapBeforeWorker,
  unmapDuringCopy,
} from "./userptr.ts";

test("mapped memory is pinned at once, copied, and kept for the next time", () => {
  expect(copyMapped()).toEqual({
    answers: [[0], [0]],
    difference: null,
    kept: true,
    whileOpen: ["5 scatter-gather entries mapped"],
    imbalances: [],
  });
});

test("memory that is not mapped is pinned by a worker, and the attempt before it keeps nothing", () => {
  expect(copyUntouched()).toEqual({
    atOnce: -EAGAIN,
    heldByAttempt: ["4 scatter-gather entries mapped"],
    last: 0,
    difference: null,
    imbalances: [],
  });
});

test("a worker pins in the memory of another process; the objects keep the pages when that process is gone", () => {
  expect(copyForAnother()).toEqual({
    last: 0,
    difference: null,
    again: [0],
    whileOpen: ["5 scatter-gather entries mapped"],
    given: 8,
    imbalances: [],
  });
});

test("memory is unmapped when the device is done with it, and then it is free", () => {
  expect(unmapDuringCopy()).toEqual({
    result: 0,
    given: 4,
    sourceHasPages: false,
    difference: null,
    again: -EFAULT,
    imbalances: [],
  });
});

test("pages that a cancelled worker has pinned are handed to nobody and released by it", () => {
  expect(unmapBeforeWorker()).toEqual({
    atOnce: -EAGAIN,
    handedOver: false,
    balanced: ["4 scatter-gather entries mapped"],
    last: 0,
    difference: null,
    imbalances: [],
  });
});

test("a part of the pages is no use: it is released, and the object has failed for good", () => {
  expect(partOfIt()).toEqual({ last: -EFAULT, again: [-EFAULT], balanced: [], imbalances: [] });
});

test("a process that dies, or memory that runs out, fails the worker", () => {
  expect(noOneThere()).toEqual({
    killed: { answer: -ERESTARTSYS, imbalances: [] },
    gone: { answer: -EFAULT, imbalances: [] },
    noMemory: { answer: -ENOMEM, imbalances: [] },
  });
});

test("after a fork the device gets pages anew, and the child does not see what it writes", () => {
  expect(forkAfterCopy()).toEqual({ lostPages: 2, last: 0, parent: null, childUnchanged: null, imbalances: [] });
});

test("a file learns of what the device wrote when the pages are given back", () => {
  expect(copyIntoFile()).toEqual({ before: 4, unnoticed: 0, noticedAtTheEnd: 4, imbalances: [] });
});

test("a device that is pulled out writes nothing, and holds nothing", () => {
  expect(pulledOut()).toEqual({ underWay: -EIO, after: [-EIO], unchanged: null, imbalances: [] });
});

test("objects that are closed during a copy live until it has ended", () => {
  expect(closeDuringCopy()).toEqual({ difference: null, imbalances: [] });
});

test("odd addresses and lengths, and read-only objects, are refused", () => {
  expect(refusals()).toEqual([-EINVAL, -EINVAL, -ENODEV]);
});

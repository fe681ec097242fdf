import { expect, test } from "vitest";
import { EAGAIN, EFAULT, EINVAL, ENOBUFS, ENODEV, ENOMEM } from "../include/linux/errno.ts";
import {
  lastReferenceInInterrupt,
  lostFrames,
  noFrames,
  processGone,
  receiveFrames,
  receiveIntoFile,
  refusals,
  sendFrames,
  shareMemory,
} from "./xdp.ts";

test("frames arrive in the chunks that the process has offered, behind their headroom", () => {
  expect(receiveFrames()).toEqual({
    places: [10304, 64, 6208],
    intact: [true, true, true],
    dropped: 0,
    whileOpen: [],
    imbalances: [],
  });
});

test("frames leave as the process wrote them, one across the end of a page is refused", () => {
  expect(sendFrames()).toEqual({
    sent: 0,
    differences: [null, null],
    completed: [100, 4096],
    invalid: 1,
    imbalances: [],
  });
});

test("the pins outlive the process; the work item that releases them runs after the socket is closed", () => {
  expect(processGone()).toEqual({
    stillPinned: 4,
    difference: null,
    whileOpen: [],
    beforeWork: 4,
    afterWork: 0,
    imbalances: [],
  });
});

test("the last reference may be dropped in an interrupt, which may not release the pages itself", () => {
  expect(lastReferenceInInterrupt()).toEqual({ pinnedOnTheWay: 1, pinned: 0, works: 1, imbalances: [] });
});

test("memory that two sockets share stays pinned until the second is closed", () => {
  expect(shareMemory()).toEqual({ bound: 0, difference: null, pinnedByOne: 2, pinned: 0, imbalances: [] });
});

test("a registration that fails leaves nothing pinned and nothing charged", () => {
  expect(refusals()).toEqual({
    errors: [
      ["misaligned", -EINVAL],
      ["tinyChunks", -EINVAL],
      ["noRoom", -EINVAL],
      ["empty", -EINVAL],
      ["holeBehind", -ENOMEM],
      ["nothingThere", -EFAULT],
      ["readOnly", -EFAULT],
    ],
    overLimit: -ENOBUFS,
    charged: 0,
    imbalances: [],
  });
});

test("frames without a chunk, too long, or for a card that is gone are lost, and counted where it is known", () => {
  expect(lostFrames()).toEqual({
    dropped: 2,
    invalid: 1,
    missed: 1,
    received: 0,
    sent: -ENODEV,
    wire: 0,
    imbalances: [],
  });
});

test("without frames of memory neither is everything pinned nor anything sent", () => {
  expect(noFrames()).toEqual({ tooMuch: -ENOMEM, free: 0, sent: -EAGAIN, imbalances: [] });
});

test("a file learns of received frames only when its pages are released", () => {
  expect(receiveIntoFile()).toEqual({ cleaned: 2, unnoticed: 0, noticedAtTheEnd: 2, imbalances: [] });
});

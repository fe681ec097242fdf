import { expect, test } from "vitest";
import { EAGAIN, EFAULT, EINTR, EINVAL, EIO, ENOMEM } from "../include/linux/errno.ts";
import {
  askedForLater,
  driversBuffer,
  errors,
  interrupted,
  neverWritten,
  thereAndBack,
  wrongCount,
  wrongCountAtOnce,
  wrongCountLater,
} from "./rapidio.ts";

test("bytes go to the other device and come back", () => {
  expect(thereAndBack()).toEqual({ wrote: 0, read: 0, there: null, back: null, imbalances: [] });
});

test("a transfer may be asked for later, or never", () => {
  expect(askedForLater()).toEqual({ forgotten: 0, asked: [0, 0, -EAGAIN], difference: null, imbalances: [] });
});

test("a buffer of the driver's goes the same way, and nobody pins it", () => {
  expect(driversBuffer()).toEqual({
    read: 0,
    difference: null,
    tooLong: -EINVAL,
    none: -ENOMEM,
    heldUnderWay: 1,
    imbalances: [],
  });
});

test("a transfer that fails as a whole gives back all it had", () => {
  expect(errors()).toEqual({
    beyond: -EIO,
    unmapped: -EFAULT,
    empty: -EINVAL,
    underWay: -EIO,
    afterwards: -EIO,
    imbalances: [],
  });
});

test("pages of a transfer that a signal has left alone are released when the device is closed, the process gone", () => {
  expect(interrupted()).toEqual({
    duringWait: -EINTR,
    asked: -EINTR,
    killed: -EFAULT,
    balanced: ["2 scatter-gather entries mapped"],
    heldByTransfer: 1,
    imbalances: [],
  });
});

test("the driver of 4.19 releases as many pages as it wanted, not as many as it got: references of others are gone", () => {
  expect(wrongCount()).toEqual({
    failed: -EFAULT,
    imbalances: ["page 3: 1 references, 2 owners", "page 4: 1 references, 2 owners", "1 scatter-gather entries mapped"],
  });
});

test("the device then writes into memory that belongs to somebody else by now", () => {
  expect(wrongCountLater()).toEqual({ overwritten: true, ended: "kernel BUG: freeing page 3, which is mapped" });
});

test("without a second pin a page is freed while a process has it mapped", () => {
  expect(wrongCountAtOnce()).toBe("kernel BUG: freeing page 3, which is mapped");
});

test("an array that was never used holds no pages to release", () => {
  expect(neverWritten()).toBe("kernel BUG: page_list[] holds no pointer");
});

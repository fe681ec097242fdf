import { expect, test } from "vitest";
import { EFAULT, EIO } from "../include/linux/errno.ts";
import {
  badSectorInLastBio,
  exitBeforeWorkItem,
  holeBetweenBios,
  removalDuringRead,
  unmappedMemory,
} from "./block-device.ts";

test("when the second of two bios finds no memory, the first arrives and both give back what they hold", () => {
  expect(holeBetweenBios()).toEqual({ read: -EFAULT, asynchronous: [-EIO], difference: null, imbalances: [] });
});

test("a fault is reported as such to the caller who waits, and as failed IO in an event", () => {
  expect(unmappedMemory()).toEqual({ waited: -EFAULT, asynchronous: [-EIO], imbalances: [] });
});

test("a failure of the last of several bios fails the whole", () => {
  expect(badSectorInLastBio()).toEqual({ read: -EIO, written: -EIO, imbalances: [] });
});

test("a disk that is pulled out gives back every page it was to fill", () => {
  expect(removalDuringRead()).toEqual({ results: [-EIO], imbalances: [] });
});

test("pages of a process that is gone are dirtied and released by a work item", () => {
  expect(exitBeforeWorkItem()).toEqual({
    cleaned: 3,
    heldByBio: 3,
    workItems: 1,
    dirtiedAgain: 3,
    imbalances: [],
  });
});

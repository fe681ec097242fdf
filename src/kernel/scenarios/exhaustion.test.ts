import { expect, test } from "vitest";
import { ENOMEM } from "../include/linux/errno.ts";
import { failEachAllocation, failInUserSpace } from "./exhaustion.ts";

test("when a page cannot be had, the pages before it are read, and the rest is asked for again", () => {
  expect(failEachAllocation(1)).toEqual([
    { read: -ENOMEM, failed: 1, imbalances: [] },
    { read: 16384, failed: 1, imbalances: [] },
    { read: 16384, failed: 1, imbalances: [] },
    { read: 16384, failed: 1, imbalances: [] },
    { read: 16384, failed: 0, imbalances: [] },
  ]);
});

test("when it cannot be had the second time either, the read is short", () => {
  expect(failEachAllocation(2)).toEqual([
    { read: -ENOMEM, failed: 1, imbalances: [] },
    { read: 4096, failed: 2, imbalances: [] },
    { read: 8192, failed: 2, imbalances: [] },
    { read: 12288, failed: 2, imbalances: [] },
    { read: 16384, failed: 0, imbalances: [] },
  ]);
});

test("a process that runs into a failing allocation tries again while there are frames", () => {
  expect(failInUserSpace()).toEqual({ failed: 2, imbalances: [] });
});

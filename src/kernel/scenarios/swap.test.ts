import { expect, test } from "vitest";
import { EFAULT } from "../include/linux/errno.ts";
import { endOfFile, failingDisk, neededAtOnce, outAndIn, pinnedPagesStay } from "./swap.ts";

test("pages go to the swap area and come back by faults", () => {
  expect(outAndIn()).toEqual({
    sent: 6,
    onTheirWay: 0,
    freed: 6,
    onDisk: null,
    cached: 0,
    difference: null,
    imbalances: [],
  });
});

test("a page on its way out is found in the swap cache", () => {
  expect(neededAtOnce()).toEqual({ difference: null, freed: 2, imbalances: [] });
});

test("pages that are pinned or mapped are spared", () => {
  expect(pinnedPagesStay()).toEqual({ sent: 2, freed: 2, imbalances: [] });
});

test("what cannot be written is kept, what cannot be read is a fault", () => {
  expect(failingDisk()).toEqual({ freed: 1, kept: 1, difference: null, unreadable: -EFAULT, imbalances: [] });
});

test("the slots of a file are free once it is gone and all has arrived", () => {
  expect(endOfFile()).toEqual({ sent: 3, early: false, late: true, slots: 0, imbalances: [] });
});

import { expect, test } from "vitest";
import { EBUSY, EFAULT, EINVAL, ENOMEM, EOPNOTSUPP, ERESTARTSYS } from "../include/linux/errno.ts";
import { exitWhileFilming, filmIntoDriverMemory, filmIntoUserMemory, refusals, showMemory } from "./video.ts";

test("a camera fills memory that stays pinned until another buffer takes its place", () => {
  expect(filmIntoUserMemory()).toEqual({
    differences: [null, null, null],
    pins: [2, 2, 2, 2, 2, 2, 3, 3],
    busy: 0,
    idle: -EBUSY,
    nothing: -EINVAL,
    dirty: 2,
    imbalances: [],
  });
});

test("a driver's own frames become pages in the same slots, and are not released", () => {
  expect(filmIntoDriverMemory()).toEqual({
    queued: 0,
    state: { got_ref: false, is_pfns: false },
    whileHeld: [],
    difference: null,
    atRest: [],
    imbalances: [],
  });
});

test("a buffer that is refused leaves nothing pinned", () => {
  expect(refusals()).toEqual({
    empty: -EINVAL,
    hole: -EFAULT,
    nowhere: -EFAULT,
    storage: -EOPNOTSUPP,
    withoutPages: -EINVAL,
    beyondTheMapping: -EFAULT,
    outOfReach: -ENOMEM,
    outOfFrames: -EFAULT,
    killed: -ERESTARTSYS,
    imbalances: [],
  });
});

test("pinned pages that were turned into numbers are turned back to be released, and other numbers never are", () => {
  expect(showMemory()).toEqual({
    states: [
      { got_ref: true, is_pfns: true, balance: [] },
      { got_ref: false, is_pfns: true, balance: [] },
    ],
    differences: [null, null],
    nowhere: -EFAULT,
    imbalances: [],
  });
});

test("a picture is taken into the pages of a process that is gone", () => {
  expect(exitWhileFilming()).toEqual({ pictures: 1, whileFilming: [], difference: null, imbalances: [] });
});

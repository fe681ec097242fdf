import { expect, test } from "vitest";
import { EFAULT, EINVAL, ENOMEM, ERESTARTSYS } from "../include/linux/errno.ts";
import { bothHalves, noFrames, refusals, untouchedMemory } from "./mempolicy.ts";

test("every page of a buffer is asked for its node and stays as it was", () => {
  expect(bothHalves()).toEqual({ nodes: [0, 0, 1, 1], difference: null, imbalances: [] });
});

test("untouched memory is answered for by the zero page, a file by a page made for the answer", () => {
  expect(untouchedMemory()).toEqual({ anonymous: 0, file: 0, cached: 1, imbalances: [] });
});

test("where there is no page to pin, there is no node", () => {
  expect(refusals()).toEqual({
    unmapped: -EFAULT,
    unreadable: -EFAULT,
    beyondFile: -EFAULT,
    otherQuestion: -EINVAL,
    killed: -ERESTARTSYS,
    imbalances: [],
  });
});

test("without a frame the question fails, with one it is answered", () => {
  expect(noFrames()).toEqual({ without: -ENOMEM, afterwards: 1, imbalances: [] });
});

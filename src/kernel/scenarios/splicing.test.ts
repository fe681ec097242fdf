import { expect, test } from "vitest";
import { EFAULT, EIO } from "../include/linux/errno.ts";
import { copyThroughPipe, failingSplice, fillPipeTwice, spliceWithoutFrames } from "./splicing.ts";

test("pages of a pipe carry data from one place of the disk to another", () => {
  expect(copyThroughPipe()).toEqual({
    filled: 10240,
    buffers: [4096, 4096, 2048],
    drained: 10240,
    left: 0,
    difference: null,
    imbalances: [],
  });
});

test("a pipe takes as many pages as it has room for", () => {
  expect(fillPipeTwice()).toEqual({ first: 40960, second: 24576, whileOpen: [], imbalances: [] });
});

test("a splice that fails leaves the pipe as it was", () => {
  expect(failingSplice()).toEqual({ filled: -EIO, drained: -EIO, left: 1, imbalances: [] });
});

test("a pipe without frames is an error, with a few frames it is a short read", () => {
  expect(spliceWithoutFrames()).toEqual({ some: 12288, none: -EFAULT, imbalances: [] });
});

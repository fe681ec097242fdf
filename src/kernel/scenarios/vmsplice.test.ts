import { expect, test } from "vitest";
import { EAGAIN, EFAULT, ENOMEM, EPIPE } from "../include/linux/errno.ts";
import { counting } from "../mm/pin_counting.ts";
import {
  fullPipe,
  giveToFile,
  holesInSource,
  pipeWithoutFrames,
  readByOther,
  teeTwice,
  threeOrigins,
  toDisk,
  untouchedMemory,
} from "./vmsplice.ts";

test("another process reads the memory itself, as it is when it reads", () => {
  expect(readByOther()).toEqual({
    spliced: 8892,
    buffers: [3796, 4096, 1000],
    read: [1000, 7892],
    difference: null,
    whileInPipe: [],
    imbalances: [],
  });
});

test("a pipe takes what it has room for, and what was pinned beyond is put; without readers it takes nothing", () => {
  expect(fullPipe()).toEqual({
    few: 3 * 4096,
    many: 13 * 4096,
    none: -EAGAIN,
    whileFull: [],
    closed: -EPIPE,
    imbalances: [],
  });
});

test("memory that ends early is spliced as far as it goes", () => {
  expect(holesInSource()).toEqual({ part: 8092, nothing: -EFAULT, unread: -EFAULT, imbalances: [] });
});

test("memory that was never written is the zero page, and is put as any other", () => {
  expect(untouchedMemory()).toEqual({ spliced: 8192, frames: 1, nonZero: 0, imbalances: [] });
});

test("tee duplicates: the pages outlive their process and the first pipe", () => {
  expect(teeTwice()).toEqual({
    whole: 12288,
    part: 4106,
    differences: [null, null],
    whileShared: [],
    nothing: 0,
    imbalances: [],
  });
});

test("a page that was given away and unmapped becomes the file's own page, otherwise it is copied", () => {
  const outcome = (moved: boolean) => ({ stored: 4096, moved, seen: null, imbalances: [] });
  expect(giveToFile({ gift: true, unmap: true, detectors: [] })).toEqual(outcome(true));
  expect(giveToFile({ gift: true, unmap: false, detectors: [] })).toEqual(outcome(false));
  expect(giveToFile({ gift: false, unmap: true, detectors: [] })).toEqual(outcome(false));
});

test("where pins are counted, a pinned page is never to be had: a pin is not one reference but 1024", () => {
  expect(giveToFile({ gift: true, unmap: true, detectors: [counting()] })).toMatchObject({ moved: false, seen: null });
});

test("from a process to the disk without a copy", () => {
  expect(toDisk()).toEqual({ written: 12288, left: 0, difference: null, imbalances: [] });
});

test("one pipe holds pages of three origins, told apart by their operations", () => {
  expect(threeOrigins()).toEqual({ copied: 4096, tables: 3, difference: null, imbalances: [] });
});

test("a write to a pipe needs a frame, vmsplice does not", () => {
  expect(pipeWithoutFrames()).toEqual({ written: 4096, none: -ENOMEM, spliced: 8192, imbalances: [] });
});

import { expect, test } from "vitest";
import { EFAULT, EINVAL, ENOMEM } from "../include/linux/errno.ts";
import {
  deadLink,
  exitWhileSending,
  nonsense,
  outOfReach,
  partialPin,
  pinnedAndCopied,
  ringFull,
  tooMuch,
} from "./user-sdma.ts";

test("pages that are pinned and a page that was copied to are sent alike and released by their flags", () => {
  const { lengths, ...rest } = pinnedAndCopied();
  expect(rest).toEqual({
    written: 4,
    copies: 1,
    pinned: 7,
    atRest: [],
    released: 4,
    arrivals: [null, null, null, null],
    imbalances: [],
  });
  expect(lengths).toEqual([2000, ...Array.from({ length: 9 }, () => 2048), 1568, 600, 0]);
});

test("a hole in the second batch gives back the first, and a hole under a copy frees its page", () => {
  expect(partialPin()).toEqual({ pinned: -ENOMEM, copied: -EFAULT, held: 0, imbalances: [] });
});

test("the page that a mapping fails on is released by the callee, the rest of the batch by the caller", () => {
  expect(outOfReach()).toEqual({ pinned: -ENOMEM, copied: -ENOMEM, imbalances: [] });
});

test("too many fragments, headers or frames leave nothing behind", () => {
  expect(tooMuch()).toEqual({ fragments: -EFAULT, headers: -ENOMEM, frames: -ENOMEM, imbalances: [] });
});

test("a header that does not fit its packet is refused", () => {
  expect(nonsense()).toEqual({ results: [-EINVAL, -EINVAL, -EINVAL, -EINVAL, -EFAULT], imbalances: [] });
});

test("packets wait for room in the ring and keep their order", () => {
  expect(ringFull()).toEqual({ written: 2, waiting: 2, arrivals: [null, null], imbalances: [] });
});

test("a process may be gone before its packets are", () => {
  expect(exitWhileSending()).toEqual({ held: 4, whileSending: [], difference: null, imbalances: [] });
});

test("a close gives up what a dead link holds, and waits for a link that comes back", () => {
  expect(deadLink(false)).toEqual({ before: 1, down: 0, sent: 0, imbalances: [] });
  expect(deadLink(true)).toEqual({ before: 1, down: 0, sent: 16, imbalances: [] });
});

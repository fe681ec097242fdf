import { expect, test } from "vitest";
import {
  pinnedBeyondTheEnd,
  truncatedWhileReading,
  unmappedFileInTheMiddle,
  unmappedInTheMiddle,
} from "./truncation.ts";

test("what a device writes into a page that was cut off never shows in the file", () => {
  expect(truncatedWhileReading()).toEqual({
    result: 4096,
    beyondTheEnd: false,
    kept: null,
    grownAgain: true,
    imbalances: [],
  });
});

test("a pinned page that is cut off keeps the pin's reference and loses its file", () => {
  expect(pinnedBeyondTheEnd()).toEqual({
    files: [true, false],
    references: [3, 1],
    whilePinned: 2,
    cached: [0],
    imbalances: [],
  });
});

test("unmapping the middle of an area leaves two areas with their contents", () => {
  expect(unmappedInTheMiddle()).toEqual({
    areas: [
      [16, 18],
      [19, 21],
    ],
    accessible: [true, true, false, true, true],
    difference: null,
    imbalances: [],
  });
});

test("the rest of a file's area still maps the right pages", () => {
  expect(unmappedFileInTheMiddle()).toEqual({ cached: [3], imbalances: [] });
});

import { expect, test } from "vitest";
import { figureAt } from "./figure.ts";
import { unmarkedDigits } from "./regenerate.ts";

test("a figure is what its path leads to, a sum of several, or a share", () => {
  expect(figureAt("linux.v4_19.acquire")).toBe("101");
  expect(figureAt("linux.v4_19.acquireGup + linux.v4_19.acquireIter + linux.v4_19.acquireFrames")).toBe("101");
  expect(figureAt("linux.v4_19.acquire - linux.v4_19.acquireGup")).toBe("21");
  expect(figureAt("100 * linux.v4_19.acquireGup / linux.v4_19.acquire")).toBe("79");
});

test("a path that leads nowhere is refused by name, and so is a question that nobody asks", () => {
  expect(() => figureAt("linux.v4_19.nothing")).toThrow("linux.v4_19.nothing is no figure");
  expect(() => figureAt("other.churn.edits")).toThrow("no question other");
});

test("a digit in prose has to stand between markers; names, versions, dates and code may have digits of their own", () => {
  expect(unmarkedDigits("It takes 7 edits, or 55 in <!-- n:linux.v4_19.acquire -->101<!-- /n --> places.")).toEqual([
    "7",
    "55",
  ]);
  expect(unmarkedDigits("As in 4.19, path 9b of ext4, 9 October 2018, `pages[8]`, commit 96e1fac162cc.")).toEqual([]);
});

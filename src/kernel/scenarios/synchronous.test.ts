import { expect, test } from "vitest";
import { EINVAL } from "../include/linux/errno.ts";
import {
  misaligned,
  readLarge,
  readScattered,
  writebackDuringRead,
  writeThenRead,
  writeUntouchedMemory,
} from "./synchronous.ts";

test("what was written comes back into other memory, and nothing stays pinned", () => {
  expect(writeThenRead()).toEqual({ written: 16384, read: 16384, difference: null, imbalances: [] });
});

test("one read fills several ranges that do not start at pages", () => {
  expect(readScattered()).toEqual({ read: 9728, difference: null, imbalances: [] });
});

test("a read larger than a batch, a bio and a request arrives whole", () => {
  expect(readLarge()).toEqual({ read: 1228800, difference: null, imbalances: [] });
});

test("a write from untouched memory pins the zero page and writes zeros", () => {
  expect(writeUntouchedMemory()).toEqual({ written: 8192, nonZeroBytes: 0, imbalances: [] });
});

test("pages that were written back during a read are dirtied again by the process that waited", () => {
  expect(writebackDuringRead()).toEqual({ read: 12288, cleanedDuringRead: [3], cleanedAfterRead: 3, imbalances: [] });
});

test("direct IO that is not aligned to sectors is refused", () => {
  expect(misaligned()).toEqual({ length: -EINVAL, address: -EINVAL, offset: -EINVAL, imbalances: [] });
});

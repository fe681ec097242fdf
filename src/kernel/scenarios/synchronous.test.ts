import { expect, test } from "vitest";
import { EINVAL } from "../include/linux/errno.ts";
import type { Place } from "./machine.ts";
import {
  misaligned,
  readLarge,
  readScattered,
  writebackDuringRead,
  writeThenRead,
  writeUntouchedMemory,
} from "./synchronous.ts";

const places: readonly Place[] = ["block device", "file of ext2"];

test.each(places)("%s: what was written comes back into other memory, and nothing stays pinned", (place) => {
  expect(writeThenRead(place)).toEqual({ written: 16384, read: 16384, difference: null, imbalances: [] });
});

test.each(places)("%s: one read fills several ranges that do not start at pages", (place) => {
  expect(readScattered(place)).toEqual({ read: 9728, difference: null, imbalances: [] });
});

test.each(places)("%s: a read larger than a batch, a bio and a request arrives whole", (place) => {
  expect(readLarge(place)).toEqual({ read: 1228800, difference: null, imbalances: [] });
});

test.each(places)("%s: a write from untouched memory pins the zero page and writes zeros", (place) => {
  expect(writeUntouchedMemory(place)).toEqual({ written: 8192, nonZeroBytes: 0, imbalances: [] });
});

test.each(places)(
  "%s: pages that were written back during a read are dirtied again by the process that waited",
  (place) => {
    expect(writebackDuringRead(place)).toEqual({
      read: 12288,
      cleanedDuringRead: [3],
      cleanedAfterRead: 3,
      imbalances: [],
    });
  },
);

test.each(places)("%s: direct IO that is not aligned to sectors is refused", (place) => {
  expect(misaligned(place)).toEqual({ length: -EINVAL, address: -EINVAL, offset: -EINVAL, imbalances: [] });
});

import { expect, test } from "vitest";
import { EIO } from "../include/linux/errno.ts";
import { command, failingRead, writeAndRead } from "./bounce.ts";

test("pages above the limit go by way of the pool, those below it do not", () => {
  const { inUse, ...rest } = writeAndRead(20);
  expect(rest).toEqual({ written: 81920, stored: null, read: 81920, difference: null, left: 0, imbalances: [] });
  expect(inUse[0]).toBeGreaterThan(0);
  expect(inUse[0]).toBeLessThan(20);
});

test("more pages than the pool has are sent in pieces", () => {
  const { inUse, ...rest } = writeAndRead(300);
  expect(rest).toEqual({ written: 1228800, stored: null, read: 1228800, difference: null, left: 0, imbalances: [] });
  expect(inUse[0]).toBeGreaterThan(0);
});

test("a failed read leaves the process's memory as it was", () => {
  expect(failingRead()).toEqual({ read: -EIO, difference: null, pool: 40, imbalances: [] });
});

test.each([0, 100])(
  "a bounced command releases what its original has pinned or copied (memory at offset %i)",
  (offset) => {
    expect(command(offset)).toEqual({ read: 0, difference: null, pool: 40, imbalances: [] });
  },
);

import { expect, test } from "vitest";
import { EINVAL, EIO } from "../include/linux/errno.ts";
import { failingZeroout, zeroout } from "./zeroout.ts";

test.each([1, 8, 77, 3000])("%i sectors are filled from the one page of zeros", (nr_sects) => {
  expect(zeroout(nr_sects)).toEqual({ ret: 0, left: 0, kept: true, imbalances: [] });
});

test("a failure in any of the bios is the failure of all", () => {
  expect(failingZeroout()).toEqual({ badSector: -EIO, tooLarge: -EIO, nothing: -EINVAL, imbalances: [] });
});

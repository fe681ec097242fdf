import { expect, test } from "vitest";
import { EIO } from "../include/linux/errno.ts";
import { pulledOutWhileReading, pulledOutWhileSubmitting, unnoticed } from "./hotplug.ts";

test("when the disk is pulled out, what is in flight ends with an error and touches no memory, and so does what comes later", () => {
  expect(pulledOutWhileReading()).toEqual({
    results: [-EIO, -EIO, -EIO, -EIO],
    bytesArrived: false,
    later: [-EIO, -EIO, -EIO],
    imbalances: [],
  });
});

test("a process that sleeps for a tag of a disk that is gone is woken and gets an error", () => {
  expect(pulledOutWhileSubmitting()).toEqual({ read: -EIO, imbalances: [] });
});

test("until its driver hears of it, a disk that is gone keeps requests and their pages", () => {
  expect(unnoticed()).toEqual({ reportedAtOnce: [-EIO], stillInFlight: 1, afterRemoval: [-EIO, -EIO], imbalances: [] });
});

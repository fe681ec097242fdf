import { expect, test } from "vitest";
import { exitDuringRead, readManyAtOnce, syncWhileAsync, writebackDuringRead, writeDurably } from "./asynchronous.ts";
import type { Place } from "./machine.ts";

const places: readonly Place[] = ["block device", "file of ext2"];

test.each(places)("%s: reads complete in another order than they were submitted, each with its own bytes", (place) => {
  const { submitted, completed, ...rest } = readManyAtOnce(place);
  expect(completed).not.toEqual(submitted);
  expect(completed.toSorted()).toEqual(submitted);
  expect(rest).toEqual({
    reportedBeforeWaiting: 0,
    results: [8192, 8192, 8192, 8192, 8192, 8192, 8192, 8192],
    difference: null,
    imbalances: [],
  });
});

test.each(places)("%s: a read that waits does not wait for others", (place) => {
  expect(syncWhileAsync(place)).toEqual({
    read: 4096,
    stillInFlight: 1,
    results: [4096, 4096],
    difference: null,
    imbalances: [],
  });
});

test("a durable write is completed by the work queue of the file system, an ordinary one in the interrupt", () => {
  expect(writeDurably()).toEqual({ results: [8192, 8192], synced: 1, deferred: 1, imbalances: [] });
});

test.each(places)("%s: pages that were written back during a read are dirtied again by a work item", (place) => {
  expect(writebackDuringRead(place)).toEqual({
    results: [8192, 8192],
    cleanedDuringRead: 4,
    deferredBatches: 2,
    cleanedAfterRead: 4,
    difference: null,
    imbalances: [],
  });
});

test.each(places)("%s: the references of the bios keep pages alive whose process and file are gone", (place) => {
  expect(exitDuringRead(place)).toEqual({
    heldByDevice: 4,
    deviceTookTime: true,
    results: [8192, 8192],
    imbalances: [],
  });
});

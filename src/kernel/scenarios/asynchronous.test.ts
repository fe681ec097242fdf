import { expect, test } from "vitest";
import { exitDuringRead, readManyAtOnce, syncWhileAsync, writebackDuringRead, writeDurably } from "./asynchronous.ts";

test("reads complete in another order than they were submitted, each with its own bytes", () => {
  const { submitted, completed, ...rest } = readManyAtOnce();
  expect(completed).not.toEqual(submitted);
  expect(completed.toSorted()).toEqual(submitted);
  expect(rest).toEqual({
    reportedBeforeWaiting: 0,
    results: [8192, 8192, 8192, 8192, 8192, 8192, 8192, 8192],
    difference: null,
    imbalances: [],
  });
});

test("a read that waits does not wait for others", () => {
  expect(syncWhileAsync()).toEqual({
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

test("pages that were written back during a read are dirtied again by a work item", () => {
  expect(writebackDuringRead()).toEqual({
    results: [8192, 8192],
    cleanedDuringRead: 4,
    deferredBatches: 2,
    cleanedAfterRead: 4,
    difference: null,
    imbalances: [],
  });
});

test("the references of the bios keep pages alive whose process and file are gone", () => {
  expect(exitDuringRead()).toEqual({
    heldByDevice: 4,
    deviceTookTime: true,
    results: [8192, 8192],
    imbalances: [],
  });
});

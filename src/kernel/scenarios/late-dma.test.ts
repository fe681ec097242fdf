import { expect, test } from "vitest";
import { counting } from "../mm/pin_counting.ts";
import { captureIntoFile, plainly, rightly } from "./late-dma.ts";

// The second half of the frame is what came after the writeback.
const SECOND_HALF = 4096;

test("the last half of a frame arrives in a page that the file system takes for clean: the machine stops", () => {
  expect(captureIntoFile({ version: "v4.19", detectors: [], release: rightly })).toMatchObject({
    cleaned: 2,
    torn: true,
    buffersTaken: 2,
    seen: null,
    synced: expect.stringMatching(/^kernel BUG: ext4_writepage\(\) on page \d+ without buffers$/),
    lost: SECOND_HALF,
  });
});

test("or the machine goes on, fsync reports success, and the data is lost", () => {
  expect(captureIntoFile({ version: "v5.17", detectors: [], release: rightly })).toEqual({
    cleaned: 2,
    torn: true,
    buffersTaken: 2,
    seen: null,
    synced: 0,
    lost: SECOND_HALF,
    buffersTakenAfter: 0,
    imbalances: [],
  });
});

test("where pins are counted, the pages keep their buffers while the device writes, and nothing is lost", () => {
  for (const version of ["v4.19", "v5.17"] as const) {
    expect(captureIntoFile({ version, detectors: [counting()], release: rightly })).toEqual({
      cleaned: 2,
      torn: true,
      buffersTaken: 0,
      seen: null,
      synced: 0,
      lost: null,
      buffersTakenAfter: 2,
      imbalances: [],
    });
  }
});

test("a driver that puts its pins plainly is safe too, and its pages look pinned for ever", () => {
  expect(captureIntoFile({ version: "v4.19", detectors: [counting()], release: plainly })).toMatchObject({
    buffersTaken: 0,
    synced: 0,
    lost: null,
    buffersTakenAfter: 0,
  });
});

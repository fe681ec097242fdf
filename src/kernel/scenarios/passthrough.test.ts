import { expect, test } from "vitest";
import { EEXIST, EFAULT, EINVAL, ENODEV, ENOENT, ENOMEM, EOPNOTSUPP, ERESTARTSYS } from "../include/linux/errno.ts";
import {
  copyThroughDevice,
  deviceFaults,
  exitWhileMapped,
  mediatedDevice,
  memoryOfADevice,
  refusals,
  untouchedMemory,
} from "./passthrough.ts";

test("a device copies between mappings, and what it could write is dirty when its mapping ends", () => {
  expect(copyThroughDevice()).toEqual({
    mapped: [0, 0],
    locked: [8, 0],
    whileMapped: [],
    interrupts: 1,
    outcomes: [{ id: 1, fault: false }],
    difference: null,
    unmapped: [0, 0],
    dirty: 4,
    dirtyAnonymous: 0,
    imbalances: [],
  });
});

test("whatever a mapping fails of, the frames that were pinned are found by number and released", () => {
  expect(refusals()).toEqual({
    misaligned: -EINVAL,
    hole: -EFAULT,
    readOnly: -EFAULT,
    storage: -EOPNOTSUPP,
    tableFull: -ENOMEM,
    taken: [0, -EEXIST],
    unmapped: [0, -ENOENT],
    limited: -ENOMEM,
    killed: -ERESTARTSYS,
    reachable: 0,
    locked: 0,
    imbalances: [],
  });
});

test("what is not mapped, or not to be written, faults in the device and changes nothing", () => {
  const { faults, ...rest } = deviceFaults();
  expect(rest).toEqual({
    outcomes: [
      { id: 1, fault: true },
      { id: 2, fault: true },
      { id: 3, fault: true },
    ],
    difference: null,
    imbalances: [],
  });
  expect(faults).toEqual([0x101000, 0x100000, 0x100000]);
});

test("frames without pages are mapped like others, and never counted or released", () => {
  expect(memoryOfADevice()).toEqual({ mapped: [0, 0], locked: 2, difference: null, seen: null, imbalances: [] });
});

test("a pin of ZERO_PAGE() is lost, because its frame looks like one that was never pinned", () => {
  expect(untouchedMemory()).toEqual({ mapped: 0, unmapped: 0, imbalances: ["page 0: 4 references, 1 owners"] });
});

test("a device goes on in the memory of a process that is gone", () => {
  expect(exitWhileMapped()).toEqual({
    outcomes: [{ id: 1, fault: false }],
    whileMapped: [],
    differences: [null, null],
    imbalances: [],
  });
});

test("frames pinned for a mediated device are counted once, shared, and let go before their mapping ends", () => {
  expect(mediatedDevice()).toEqual({
    again: true,
    refused: { outside: -EINVAL, storage: -EOPNOTSUPP, limited: -ENOMEM, gone: -ENODEV },
    difference: null,
    locked: 2,
    held: [],
    charged: 0,
    imbalances: [],
  });
});

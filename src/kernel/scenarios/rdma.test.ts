import { expect, test } from "vitest";
import {
  IBV_WC_LOC_PROT_ERR,
  IBV_WC_REM_ACCESS_ERR,
  IBV_WC_SUCCESS,
  IBV_WC_WR_FLUSH_ERR,
} from "../hardware/rdma-nic.ts";
import { EFAULT, EINVAL, ENODEV, ENOENT, ENOMEM, EOPNOTSUPP, ERESTARTSYS } from "../include/linux/errno.ts";
import {
  closeDuringFault,
  dirtyOrNot,
  exitWhileRegistered,
  pulledOut,
  readOnlyMemory,
  refusals,
  registerInBatches,
  transferBothWays,
  useAfterDeregistration,
  wrongKeys,
} from "./rdma.ts";

test("a registered region is read and written by its owner and by the other end", () => {
  expect(transferBothWays()).toEqual({
    statuses: [IBV_WC_SUCCESS, IBV_WC_SUCCESS, IBV_WC_SUCCESS, IBV_WC_SUCCESS],
    differences: [null, null, null, null],
    charged: [5, 0],
    imbalances: [],
  });
});

test("a key opens its own region only, and only for what it was made for", () => {
  expect(wrongKeys()).toEqual({
    beyond: IBV_WC_REM_ACCESS_ERR,
    before: IBV_WC_REM_ACCESS_ERR,
    unknown: IBV_WC_LOC_PROT_ERR,
    imbalances: [],
  });
});

test("a large region is pinned in batches of one page of pointers", () => {
  expect(registerInBatches()).toEqual({
    status: IBV_WC_SUCCESS,
    difference: null,
    whileRegistered: [],
    imbalances: [],
  });
});

test("a registration that fails half-way releases without dirtying, a region's end dirties", () => {
  expect(dirtyOrNot()).toEqual({ failed: -EFAULT, afterFailure: 0, afterSuccess: 4, imbalances: [] });
});

test("whatever a registration fails of, nothing stays pinned or charged", () => {
  expect(refusals()).toEqual({
    hole: -EFAULT,
    nothing: -EINVAL,
    storage: -EOPNOTSUPP,
    limited: -ENOMEM,
    outOfReach: -ENOMEM,
    outOfFrames: -ENOMEM,
    killed: -ERESTARTSYS,
    charged: 0,
    imbalances: [],
  });
});

test("read-only memory is copied before it is pinned, and stays read-only for the other end", () => {
  expect(readOnlyMemory()).toEqual({
    writable: -EFAULT,
    reserved: 0,
    written: IBV_WC_REM_ACCESS_ERR,
    read: IBV_WC_SUCCESS,
    imbalances: [],
  });
});

test("a write that comes after the end of its region is refused", () => {
  expect(useAfterDeregistration()).toEqual({
    status: IBV_WC_REM_ACCESS_ERR,
    again: -ENOENT,
    difference: null,
    imbalances: [],
  });
});

test("pages outlive their process and their file until the last user closes the adapter", () => {
  expect(exitWhileRegistered()).toEqual({
    statuses: [IBV_WC_SUCCESS, IBV_WC_SUCCESS],
    difference: null,
    held: [1, 1],
    charged: 2,
    imbalances: [],
  });
});

test("a close never waits for the address space: the charge is given back by a work item", () => {
  expect(closeDuringFault()).toEqual({
    pages: 0,
    atClose: { pinned_vm: 3, mm_users: 2 },
    later: { pinned_vm: 0, mm_users: 1 },
    imbalances: [],
  });
});

test("an adapter that is pulled out flushes its requests and its regions", () => {
  expect(pulledOut()).toEqual({
    statuses: [IBV_WC_WR_FLUSH_ERR],
    registered: -ENODEV,
    difference: null,
    charged: 0,
    imbalances: [],
  });
});

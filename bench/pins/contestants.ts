import { userStore } from "../../src/kernel/arch/x86/fault.ts";
import { PAGE_SIZE } from "../../src/kernel/include/linux/mm.ts";
import type { Page } from "../../src/kernel/include/linux/mm_types.ts";
import { get_user_pages_fast } from "../../src/kernel/mm/gup.ts";
import type { PinDetector } from "../../src/kernel/mm/page_pinning.ts";
import { counting } from "../../src/kernel/mm/pin_counting.ts";
import { ownerRecords } from "../../src/kernel/mm/pin_owners.ts";
import { sanityChecks } from "../../src/kernel/mm/pin_sanity.ts";
import { vmstatCounters } from "../../src/kernel/mm/pin_vmstat.ts";
import { put_user_page } from "../../src/kernel/mm/swap.ts";
import { boot, mapBuffer, pattern, READ_WRITE } from "../../src/kernel/scenarios/machine.ts";
import * as userPage from "../../src/user-page/index.ts";

/** Pages pinned by one call; their frames follow each other, so 1 frame in 16 is one of them. */
export const BATCH = 16;

/** Something that can pin and release a batch, over and over. */
export interface Contestant {
  readonly name: string;
  /** Sets up afresh; the answer pins and releases one batch. */
  readonly prepare: () => () => void;
}

/** The first is what the others are compared with, and the second shows how far two runs of the same lie apart. */
export const contestants: readonly Contestant[] = [
  { name: "no detector", prepare: () => modelWith([]) },
  { name: "no detector, once more", prepare: () => modelWith([]) },
  { name: "counting bias", prepare: () => modelWith([counting()]) },
  { name: "counters", prepare: () => modelWith([vmstatCounters()]) },
  { name: "bias and checks", prepare: () => modelWith([sanityChecks(), counting()]) },
  { name: "`src/user-page`, which always has bias, counters and a check", prepare: brandedApi },
  { name: "owners of 1 frame in 16", prepare: () => modelWith([ownerRecords(BATCH)]) },
  { name: "owner records", prepare: () => modelWith([ownerRecords(1)]) },
  { name: "all of them, owners in full", prepare: () => modelWith(allOfThem()) },
];

function allOfThem(): readonly PinDetector[] {
  return [sanityChecks(), counting(), vmstatCounters(), ownerRecords(1)];
}

function modelWith(detectors: readonly PinDetector[]): () => void {
  const machine = boot({ frames: 128, sectors: 8, detectors });
  const start = mapBuffer(machine, 16, BATCH, READ_WRITE);
  userStore(machine.task.mm, start, pattern(1, BATCH * PAGE_SIZE));
  return () => {
    const pages: Page[] = [];
    get_user_pages_fast(start, BATCH, true, pages);
    for (const page of pages) put_user_page(page);
  };
}

function brandedApi(): () => void {
  const pageTable = new Map(Array.from({ length: BATCH }, (_, pfn) => [pfn, userPage.createPage(pfn)]));
  const mm: userPage.MmStruct = {
    mmap_sem: { down_read: () => {}, up_read: () => {} },
    find_vma: () => undefined,
    follow_page: (address) => pageTable.get(address / userPage.PAGE_SIZE),
    faultin_page: () => 0,
  };
  return () => {
    const pages: userPage.UserPage[] = [];
    userPage.get_user_pages_fast(mm, 0, BATCH, userPage.FOLL_WRITE, pages);
    for (const page of pages) userPage.put_user_page(page);
  };
}

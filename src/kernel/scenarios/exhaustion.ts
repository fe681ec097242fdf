/** Stories in which single allocations fail, one after the other, wherever the kernel makes them. */

import { userStore } from "../arch/x86/fault.ts";
import { pread64 } from "../fs/read_write.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { fail_page_alloc } from "../mm/page_alloc.ts";
import { imbalances } from "./imbalances.ts";
import { boot, mapBuffer, pattern, READ_WRITE } from "./machine.ts";

/** failEachAllocation() - the same read into four untouched pages; the first, second, … allocation fails, @times times */
export function failEachAllocation(times: number) {
  return [0, 1, 2, 3, 4].map((space) => {
    const machine = boot();
    const target = mapBuffer(machine, 16, 4, READ_WRITE);
    fail_page_alloc.space = space;
    fail_page_alloc.times = times;
    const read = pread64(machine.file, target, 4 * PAGE_SIZE, 0);
    return { read, failed: fail_page_alloc.failed, imbalances: imbalances(machine) };
  });
}

/** failInUserSpace() - the process itself runs into the failing allocation, and tries again */
export function failInUserSpace() {
  const machine = boot();
  const target = mapBuffer(machine, 16, 1, READ_WRITE);
  fail_page_alloc.times = 2;
  userStore(machine.task.mm, target, pattern(1, PAGE_SIZE));
  return { failed: fail_page_alloc.failed, imbalances: imbalances(machine) };
}

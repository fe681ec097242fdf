/** Stories about files that become shorter, and memory that is unmapped, while a device still writes there. */

import { userCanLoad, userLoad, userStore } from "../arch/x86/fault.ts";
import { io_getevents, io_setup, io_submit } from "../fs/aio.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import { get_user_pages_fast } from "../mm/gup.ts";
import { vm_munmap } from "../mm/mmap.ts";
import { put_page } from "../mm/swap.ts";
import { truncate_setsize } from "../mm/truncate.ts";
import { imbalances } from "./imbalances.ts";
import { boot, fillDisk, filledBuffer, firstDifference, mapFile, pattern, settle } from "./machine.ts";

const START = 16 * PAGE_SIZE;

/** truncatedWhileReading() - the page that the device writes to leaves the file, which then grows again */
export function truncatedWhileReading() {
  const machine = boot();
  fillDisk(machine, 5);
  const mapping = mapFile(machine, 16, 3);
  userStore(machine.task.mm, START, pattern(1, 3 * PAGE_SIZE));
  const ctx = io_setup();
  io_submit(ctx, {
    aio_data: 0,
    aio_lio_opcode: "IOCB_CMD_PREADV",
    aio_file: machine.file,
    aio_buf: [{ iov_base: START + PAGE_SIZE, iov_len: PAGE_SIZE }],
    aio_offset: 0,
    ki_flags: 0,
  });
  truncate_setsize(mapping, 1);
  const { mm } = machine.task;
  const beyondTheEnd = userCanLoad(mm, START + PAGE_SIZE, 1);
  truncate_setsize(mapping, 3);
  const [event] = io_getevents(ctx, 1);
  settle();
  return {
    result: event?.res,
    beyondTheEnd,
    kept: firstDifference(userLoad(mm, START, PAGE_SIZE), pattern(1, PAGE_SIZE)),
    grownAgain: userLoad(mm, START + PAGE_SIZE, PAGE_SIZE).every((byte) => byte === 0),
    imbalances: imbalances(machine),
  };
}

/** pinnedBeyondTheEnd() - a page that was cut off lives on without a file for as long as it is pinned */
export function pinnedBeyondTheEnd() {
  const machine = boot();
  const mapping = mapFile(machine, 16, 2);
  const pages: Page[] = [];
  get_user_pages_fast(START, 2, true, pages);
  truncate_setsize(mapping, 1);
  const files = pages.map((page) => page.mapping === mapping);
  const references = pages.map((page) => page._refcount);
  const whilePinned = imbalances(machine).length;
  for (const page of pages) put_page(page);
  return { files, references, whilePinned, cached: [...mapping.i_pages.keys()], imbalances: imbalances(machine) };
}

/** unmappedInTheMiddle() - one page in the middle of an area goes; its neighbours keep their contents */
export function unmappedInTheMiddle() {
  const machine = boot();
  const start = filledBuffer(machine, 16, 5, 2);
  const { mm } = machine.task;
  vm_munmap(mm, start + 2 * PAGE_SIZE, PAGE_SIZE);
  const areas = mm.mmap.map(({ vm_start, vm_end }) => [vm_start / PAGE_SIZE, vm_end / PAGE_SIZE]);
  const accessible = [0, 1, 2, 3, 4].map((k) => userCanLoad(mm, start + k * PAGE_SIZE, PAGE_SIZE));
  const behind = userLoad(mm, start + 3 * PAGE_SIZE, 2 * PAGE_SIZE);
  const difference = firstDifference(behind, pattern(2, 5 * PAGE_SIZE).subarray(3 * PAGE_SIZE));
  return { areas, accessible, difference, imbalances: imbalances(machine) };
}

/** unmappedFileInTheMiddle() - what is left of a file's area still shows the right pages of the file */
export function unmappedFileInTheMiddle() {
  const machine = boot();
  mapFile(machine, 16, 4);
  const { mm } = machine.task;
  vm_munmap(mm, START, 2 * PAGE_SIZE);
  userStore(mm, START + 3 * PAGE_SIZE, Uint8Array.of(7));
  const [mapping] = machine.mappings;
  return { cached: [...(mapping?.i_pages.keys() ?? [])], imbalances: imbalances(machine) };
}

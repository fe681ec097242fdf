/** Stories about cameras and displays: buffers whose slots hold pages or frame numbers, pinned or not. */

import { userLoad } from "../arch/x86/fault.ts";
import {
  type Vb2Queue,
  vb2_dqbuf,
  vb2_qbuf,
  vb2_queue_init,
  vb2_queue_release,
} from "../drivers/media/common/videobuf2/videobuf2-core.ts";
import { omap_vout_get_userptr, omap_vout_put_userptr } from "../drivers/media/platform/omap/omap_vout.ts";
import { installDeviceMemory, physicalBytes } from "../hardware/memory.ts";
import { createVideoDevice, picture, showPicture, type VideoDevice } from "../hardware/video.ts";
import { BUG } from "../include/asm-generic/bug.ts";
import { IS_ERR, PTR_ERR } from "../include/linux/err.ts";
import { PAGE_SHIFT, PAGE_SIZE, VM_PFNMAP, VM_SHARED } from "../include/linux/mm.ts";
import { PageDirty } from "../include/linux/page-flags.ts";
import { create_process, do_exit } from "../kernel/fork.ts";
import { context_switch, force_sig } from "../kernel/sched/core.ts";
import type { FrameVector } from "../mm/frame_vector.ts";
import { remap_pfn_range } from "../mm/memory.ts";
import { mmap_region } from "../mm/mmap.ts";
import { __free_page, alloc_page } from "../mm/page_alloc.ts";
import { imbalances } from "./imbalances.ts";
import {
  boot,
  filledBuffer,
  firstDifference,
  type Machine,
  mapBuffer,
  mapFile,
  pattern,
  READ_WRITE,
  settle,
} from "./machine.ts";

/** A machine with a camera. */
export interface CameraMachine {
  readonly machine: Machine;
  readonly camera: VideoDevice;
  readonly q: Vb2Queue;
}

/** openCamera() - put a camera into a machine; the buffer that is queued may be held */
export function openCamera(machine: Machine, dma_mask = Number.POSITIVE_INFINITY): CameraMachine {
  const camera = createVideoDevice();
  const q = vb2_queue_init({ dma_mask }, camera);
  machine.holders.push(() => (q.buf?.vec.got_ref ? q.buf.pages.map(({ pfn }) => pfn) : []));
  return { machine, camera, q };
}

/** filmIntoUserMemory() - twice into the same memory, which is pinned once; then into other memory */
export function filmIntoUserMemory() {
  const { machine, q } = openCamera(boot());
  const start = mapBuffer(machine, 16, 4, READ_WRITE) + 200;
  const mapping = mapFile(machine, 32, 2);
  const differences: (number | null)[] = [];
  const pins: number[] = [];
  for (const [k, vaddr, size] of [
    [1, start, 9000],
    [2, start, 9000],
    [3, 32 * PAGE_SIZE, 2 * PAGE_SIZE],
  ] as const) {
    vb2_qbuf(q, vaddr, size);
    vb2_dqbuf(q);
    differences.push(firstDifference(userLoad(machine.task.mm, vaddr, size), picture(k, size)));
    pins.push(...(q.buf?.pages.map((page) => page._refcount) ?? []));
  }
  const [busy, idle] = [vb2_qbuf(q, start, 9000), vb2_qbuf(q, start, 9000)];
  vb2_queue_release(q);
  const dirty = [...mapping.i_pages.values()].filter(PageDirty).length;
  return { differences, pins, busy, idle, nothing: vb2_dqbuf(q), dirty, imbalances: imbalances(machine) };
}

/** filmIntoDriverMemory() - frames of a driver's own that the process has mapped: pages by number, never pinned */
export function filmIntoDriverMemory() {
  const { machine, q } = openCamera(boot());
  const frames = [alloc_page() ?? BUG("no frame"), alloc_page() ?? BUG("no frame")];
  machine.holders.push(() => frames.map(({ pfn }) => pfn));
  const [first] = frames;
  mapFrames(machine, 32, 2, first?.pfn ?? 0);
  const queued = vb2_qbuf(q, 32 * PAGE_SIZE, 2 * PAGE_SIZE);
  vb2_dqbuf(q);
  const state = describe(q.buf?.vec);
  const whileHeld = imbalances(machine).filter((line) => line.includes("page"));
  const difference = firstDifference(
    userLoad(machine.task.mm, 32 * PAGE_SIZE, 2 * PAGE_SIZE),
    picture(1, 2 * PAGE_SIZE),
  );
  vb2_queue_release(q);
  const atRest = imbalances(machine);
  do_exit(machine.task);
  for (const page of frames.splice(0)) __free_page(page);
  return { queued, state, whileHeld, difference, atRest, imbalances: imbalances(machine) };
}

/** refusals() - every way for a buffer to be refused */
export function refusals() {
  const { machine, q } = openCamera(boot({ frames: 40 }), 37 * PAGE_SIZE - 1);
  filledBuffer(machine, 16, 2, 1);
  mapFile(machine, 24, 2, { dax: true });
  mapBuffer(machine, 64, 64, READ_WRITE);
  mapFrames(machine, 32, 2, installDeviceMemory(2 * PAGE_SIZE) >> PAGE_SHIFT);
  const film = (pageNumber: number, pages: number) => vb2_qbuf(q, pageNumber * PAGE_SIZE, pages * PAGE_SIZE);
  const refused = {
    empty: film(16, 0),
    hole: film(16, 3),
    nowhere: film(200, 1),
    storage: film(24, 2),
    withoutPages: film(32, 2),
    beyondTheMapping: film(32, 3),
    outOfReach: film(64, 36),
    outOfFrames: film(64, 64),
  };
  force_sig(machine.task);
  const killed = film(100, 1);
  vb2_queue_release(q);
  return { ...refused, killed, imbalances: imbalances(machine) };
}

/** showMemory() - a display wants a number: of pinned memory, whose slots become pages again, and of a device's */
export function showMemory() {
  const machine = boot();
  const display = createVideoDevice();
  const bar = installDeviceMemory(PAGE_SIZE);
  physicalBytes(bar, PAGE_SIZE).set(pattern(8, PAGE_SIZE));
  const own = filledBuffer(machine, 16, 1, 7);
  mapFrames(machine, 32, 1, bar >> PAGE_SHIFT);
  const states = [own + 16, 32 * PAGE_SIZE + 16].map((vaddr) => show(machine, display, vaddr));
  const differences = [7, 8].map((seed, k) =>
    firstDifference(display.shown[k] ?? new Uint8Array(0), pattern(seed, PAGE_SIZE).slice(16, 1016)),
  );
  const nowhere = omap_vout_get_userptr(200 * PAGE_SIZE);
  return { states, differences, nowhere: IS_ERR(nowhere) ? PTR_ERR(nowhere) : 0, imbalances: imbalances(machine) };
}

/** exitWhileFilming() - the process is gone before the picture is taken */
export function exitWhileFilming() {
  const { machine, camera, q } = openCamera(boot());
  const start = filledBuffer(machine, 16, 2, 7);
  vb2_qbuf(q, start, 2 * PAGE_SIZE);
  const frames = q.buf?.pages.map(({ pfn }) => pfn << PAGE_SHIFT) ?? [];
  const heir = create_process();
  machine.tasks.push(heir);
  do_exit(machine.task);
  context_switch(heir);
  const whileFilming = imbalances(machine).filter((line) => line.includes("page"));
  settle();
  const taken = Uint8Array.from(frames.flatMap((address) => [...physicalBytes(address, PAGE_SIZE)]));
  vb2_queue_release(q);
  const difference = firstDifference(taken, picture(1, 2 * PAGE_SIZE));
  return { pictures: camera.pictures, whileFilming, difference, imbalances: imbalances(machine) };
}

function show(machine: Machine, display: VideoDevice, vaddr: number) {
  const buf = omap_vout_get_userptr(vaddr);
  if (IS_ERR(buf)) return null;

  const holder = buf.vec.got_ref ? [buf.physp >> PAGE_SHIFT] : [];
  machine.holders.push(() => holder);
  const state = { ...describe(buf.vec), balance: imbalances(machine) };
  showPicture(display, { address: buf.physp, length: 1000 });
  settle();
  omap_vout_put_userptr(display, buf);
  holder.length = 0;
  return state;
}

function describe(vec: FrameVector | undefined) {
  return { got_ref: vec?.got_ref, is_pfns: vec?.is_pfns };
}

function mapFrames(machine: Machine, pageNumber: number, pages: number, pfn: number): void {
  const flags = READ_WRITE | VM_SHARED | VM_PFNMAP;
  remap_pfn_range(mmap_region(machine.task.mm, pageNumber * PAGE_SIZE, pages * PAGE_SIZE, flags, null), pfn);
}

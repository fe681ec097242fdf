/** Path 9b among others: a process films into its memory, or shows it, while pages come and go. */

import { copy_from_user, copy_to_user } from "../../arch/x86/usercopy.ts";
import { vb2_dqbuf, vb2_qbuf, vb2_queue_release } from "../../drivers/media/common/videobuf2/videobuf2-core.ts";
import {
  type OmapVoutBuf,
  omap_vout_get_userptr,
  omap_vout_put_userptr,
} from "../../drivers/media/platform/omap/omap_vout.ts";
import { createVideoDevice, picture, showPicture, type VideoDevice } from "../../hardware/video.ts";
import { IS_ERR } from "../../include/linux/err.ts";
import { PAGE_SHIFT, PAGE_SIZE } from "../../include/linux/mm.ts";
import { create_process, do_exit } from "../../kernel/fork.ts";
import { context_switch, run_on_top } from "../../kernel/sched/core.ts";
import { find_vma, remove_vma } from "../../mm/mmap.ts";
import { firstDifference, mapBuffer, pattern, READ_WRITE } from "../machine.ts";
import type { Lot, OpenSubmitter } from "../submitter.ts";
import { type CameraMachine, openCamera } from "../video.ts";

/** Memory on the display, and what it must show. */
interface Shown {
  readonly buf: OmapVoutBuf;
  readonly pixels: Uint8Array;
}

interface Play {
  readonly host: CameraMachine;
  readonly display: VideoDevice;
  readonly lot: Lot;
  shown: Shown | null;
  /** Whether the process still sees the pages that the camera films into. */
  intact: boolean;
}

/** openVideo() - a camera and a display of its own, nothing mapped yet */
export const openVideo: OpenSubmitter = (machine, lot) => {
  const play: Play = { host: openCamera(machine), display: createVideoDevice(), lot, shown: null, intact: true };
  machine.holders.push(() => (play.shown?.buf.vec.got_ref ? [play.shown.buf.physp >> PAGE_SHIFT] : []));
  return {
    name: "video",
    step: (dice) => {
      context_switch(machine.task);
      return machine.task.mm.mm_users > 0 ? move(play, dice % 8, Math.floor(dice / 8)) : [];
    },
    close: () => close(play),
  };
};

// By somebody else, since the process may be gone.
function close(play: Play): readonly string[] {
  const heir = create_process();
  run_on_top(heir, () => vb2_queue_release(play.host.q));
  do_exit(heir);
  return takeDown(play);
}

function move(play: Play, kind: number, dice: number): readonly string[] {
  if (kind < 2) return togglePage(play, play.lot.pageNumber + (dice % play.lot.pages));
  if (kind === 2) return takeDown(play);
  if (kind < 5) return play.shown === null ? putUp(play, dice) : [];
  if (kind < 7) return film(play, dice);
  return develop(play);
}

function togglePage(play: Play, page: number): readonly string[] {
  const { machine } = play.host;
  const vma = find_vma(machine.task.mm, page * PAGE_SIZE);
  if (vma === null) mapBuffer(machine, page, 1, READ_WRITE);
  else remove_vma(vma);
  play.intact = false;
  return [];
}

// The first page of the lot is the display's, the others are the camera's.
function putUp(play: Play, dice: number): readonly string[] {
  const start = play.lot.pageNumber * PAGE_SIZE + (dice % 1000);
  const pixels = pattern(dice % 251, 1000);
  if (copy_to_user(start, pixels) > 0) return [];

  const buf = omap_vout_get_userptr(start);
  if (!IS_ERR(buf)) play.shown = { buf, pixels };
  if (play.shown !== null) showPicture(play.display, { address: play.shown.buf.physp, length: 1000 });
  return [];
}

function takeDown(play: Play): readonly string[] {
  const { shown, display } = play;
  if (shown === null) return [];

  play.shown = null;
  omap_vout_put_userptr(display, shown.buf);
  const pictures = display.shown.splice(0);
  return pictures.flatMap((pixels) => compare("the display", pixels, shown.pixels));
}

function film(play: Play, dice: number): readonly string[] {
  const { q, machine } = play.host;
  const { pageNumber, pages } = play.lot;
  const first = pageNumber + 1 + (dice % (pages - 4));
  for (let page = first; page < first + 3; page++) {
    if (find_vma(machine.task.mm, page * PAGE_SIZE) === null && dice % 5 > 0) togglePage(play, page);
  }
  const before = q.buf;
  const ret = vb2_qbuf(q, first * PAGE_SIZE + (dice % 64), 1 + (dice % (2 * PAGE_SIZE)));
  if (ret === 0 && q.buf !== before) play.intact = true;
  return [];
}

function develop(play: Play): readonly string[] {
  const { q, camera, machine } = play.host;
  if (vb2_dqbuf(q) < 0 || q.buf === null || !play.intact || machine.task.mm.mm_users === 0) return [];

  const bytes = new Uint8Array(q.buf.size);
  if (copy_from_user(bytes, q.buf.vaddr) > 0) return [];
  return compare("the camera", bytes, picture(camera.pictures, bytes.length));
}

function compare(what: string, bytes: Uint8Array, expected: Uint8Array): readonly string[] {
  const difference = firstDifference(bytes, expected);
  return difference === null ? [] : [`video: ${what} differs at ${difference}`];
}

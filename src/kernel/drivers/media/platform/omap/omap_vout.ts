/**
 * Stands for drivers/media/platform/omap/omap_vout.c.
 *
 * Modelled: a display that is given one physical address; the user's memory may be pages, or a device's.
 * Left out: more than a page, which this driver takes to be consecutive.
 */

import { blank, type VideoDevice } from "../../../../hardware/video.ts";
import { type ErrPtr, IS_ERR } from "../../../../include/linux/err.ts";
import { PAGE_SHIFT, PAGE_SIZE } from "../../../../include/linux/mm.ts";
import { type FrameVector, frame_vector_pfns } from "../../../../mm/frame_vector.ts";
import { vb2_create_framevec, vb2_destroy_framevec } from "../../common/videobuf2/videobuf2-memops.ts";

/** Memory that the display reads. */
export interface OmapVoutBuf {
  readonly vec: FrameVector;
  readonly physp: number;
}

/** omap_vout_get_userptr() - where memory of the current process is, which stays there until it is let go of */
export function omap_vout_get_userptr(virtp: number): OmapVoutBuf | ErrPtr {
  const vec = vb2_create_framevec(virtp, 1);
  if (IS_ERR(vec)) return vec;

  const [pfn = 0] = frame_vector_pfns(vec);
  return { vec, physp: (pfn << PAGE_SHIFT) + (virtp % PAGE_SIZE) };
}

/** omap_vout_put_userptr() - the display stops reading it, then it is let go of */
export function omap_vout_put_userptr(display: VideoDevice, { vec }: OmapVoutBuf): void {
  blank(display);
  vb2_destroy_framevec(vec);
}

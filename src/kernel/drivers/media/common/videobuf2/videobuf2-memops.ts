/**
 * Stands for drivers/media/common/videobuf2/videobuf2-memops.c.
 *
 * Modelled: the frames behind a user's buffer, all of them or none.
 * Left out: mapping kernel buffers to user space.
 */

import { ERR_PTR, type ErrPtr } from "../../../../include/linux/err.ts";
import { EFAULT } from "../../../../include/linux/errno.ts";
import { FOLL_FORCE, FOLL_WRITE, PAGE_SIZE } from "../../../../include/linux/mm.ts";
import {
  type FrameVector,
  frame_vector_create,
  get_vaddr_frames,
  put_vaddr_frames,
} from "../../../../mm/frame_vector.ts";

/** vb2_create_framevec() - the frames of a buffer of the current process */
export function vb2_create_framevec(start: number, length: number): FrameVector | ErrPtr {
  const first = start - (start % PAGE_SIZE);
  const nr = Math.ceil((start + length - first) / PAGE_SIZE);
  const vec = frame_vector_create();
  const ret = get_vaddr_frames(first, nr, FOLL_FORCE | FOLL_WRITE, vec);
  if (ret < 0) return ERR_PTR(ret);
  if (ret === nr) return vec;

  put_vaddr_frames(vec);
  return ERR_PTR(-EFAULT);
}

/** vb2_destroy_framevec() - release them */
export function vb2_destroy_framevec(vec: FrameVector): void {
  put_vaddr_frames(vec);
}

/**
 * Stands for drivers/media/common/videobuf2/videobuf2-dma-sg.c.
 *
 * Modelled: a user's buffer as a scatterlist for a device that fills it. Its pages are pinned, or a driver's own that the
 * user has mapped; the buffer cannot tell, the frame vector behind it can.
 * Left out: buffers of the kernel's own, DMA-BUF, devices that only read.
 */

import type { Device } from "../../../../include/linux/device.ts";
import { ERR_PTR, type ErrPtr, IS_ERR, PTR_ERR } from "../../../../include/linux/err.ts";
import { ENOMEM } from "../../../../include/linux/errno.ts";
import { PAGE_SIZE } from "../../../../include/linux/mm.ts";
import type { Page } from "../../../../include/linux/mm_types.ts";
import { type Scatterlist, sg_set_page } from "../../../../include/linux/scatterlist.ts";
import { dma_map_sg_attrs, dma_unmap_sg } from "../../../../kernel/dma/direct.ts";
import { sg_init_table } from "../../../../lib/scatterlist.ts";
import { type FrameVector, frame_vector_pages } from "../../../../mm/frame_vector.ts";
import { set_page_dirty_lock } from "../../../../mm/page-writeback.ts";
import { vb2_create_framevec, vb2_destroy_framevec } from "./videobuf2-memops.ts";

/** A user's buffer while a device may fill it. */
export interface Vb2DmaSgBuf {
  readonly vaddr: number;
  readonly size: number;
  readonly vec: FrameVector;
  readonly pages: readonly Page[];
  readonly dma_sgt: readonly Scatterlist[];
}

/** vb2_dma_sg_get_userptr() - take hold of a buffer of the current process */
export function vb2_dma_sg_get_userptr(dev: Device, vaddr: number, size: number): Vb2DmaSgBuf | ErrPtr {
  const vec = vb2_create_framevec(vaddr, size);
  if (IS_ERR(vec)) return vec;

  const pages = frame_vector_pages(vec);
  if (IS_ERR(pages)) {
    vb2_destroy_framevec(vec);
    return ERR_PTR(PTR_ERR(pages));
  }
  const dma_sgt = sg_table_from_pages(pages, vaddr % PAGE_SIZE, size);
  if (dma_map_sg_attrs(dev, dma_sgt) === 0) {
    vb2_destroy_framevec(vec);
    return ERR_PTR(-ENOMEM);
  }
  return { vaddr, size, vec, pages, dma_sgt };
}

/** vb2_dma_sg_put_userptr() - let go of it; the device has written into it */
export function vb2_dma_sg_put_userptr(buf: Vb2DmaSgBuf): void {
  dma_unmap_sg(buf.dma_sgt);
  for (const page of buf.pages) set_page_dirty_lock(page);
  vb2_destroy_framevec(buf.vec);
}

function sg_table_from_pages(pages: readonly Page[], offset: number, size: number): readonly Scatterlist[] {
  const sgl = sg_init_table(pages.length);
  let left = size;
  for (const [i, sg] of sgl.entries()) {
    const page = pages[i];
    const start = i === 0 ? offset : 0;
    const length = Math.min(left, PAGE_SIZE - start);
    if (page !== undefined) sg_set_page(sg, page, length, start);
    left -= length;
  }
  return sgl;
}

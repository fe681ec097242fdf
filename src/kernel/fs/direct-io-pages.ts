/**
 * Stands for the part of fs/direct-io.c that feeds pages to the submitter.
 *
 * Modelled: dio_refill_pages() with ZERO_PAGE() in the place of memory that cannot be pinned, dio_get_page(),
 * dio_cleanup().
 */

import { ZERO_PAGE } from "../arch/x86/pgtable.ts";
import { BUG } from "../include/asm-generic/bug.ts";
import { REQ_OP_WRITE } from "../include/linux/blk_types.ts";
import { ERR_PTR, type ErrPtr } from "../include/linux/err.ts";
import { get_page, PAGE_SIZE } from "../include/linux/mm.ts";
import type { Page } from "../include/linux/mm_types.ts";
import type { OutNumber } from "../include/linux/uio.ts";
import { iov_iter_advance, iov_iter_get_pages } from "../lib/iov_iter.ts";
import { put_page } from "../mm/swap.ts";
import { DIO_PAGES, type Dio, type DioSubmit, dio_pages } from "./direct-io-types.ts";

/** dio_get_page() - the next page of the buffer, or an errno in its place; the reference becomes the caller's */
export function dio_get_page(dio: Dio, sdio: DioSubmit): Page | ErrPtr {
  if (dio_pages_present(sdio) === 0) {
    const ret = dio_refill_pages(dio, sdio);
    if (ret !== 0) return ERR_PTR(ret);
  }
  return dio_pages(dio)[sdio.head] ?? BUG("dio_refill_pages() found nothing");
}

/** dio_cleanup() - drop the references to pages that were pinned and not used */
export function dio_cleanup(dio: Dio, sdio: DioSubmit): void {
  for (const page of dio_pages(dio).slice(sdio.head, sdio.tail)) put_page(page);
  sdio.head = sdio.tail;
}

function dio_pages_present(sdio: DioSubmit): number {
  return sdio.tail - sdio.head;
}

function dio_refill_pages(dio: Dio, sdio: DioSubmit): number {
  const pages = dio_pages(dio);
  pages.length = 0;
  const from: OutNumber = { value: 0 };
  const ret = iov_iter_get_pages(sdio.iter, pages, Number.MAX_SAFE_INTEGER, DIO_PAGES, from);
  // Blocks that were allocated must not keep their old contents: write zeros now, report the error afterwards.
  if (ret < 0 && sdio.blocks_available > 0 && dio.op === REQ_OP_WRITE) return dio_refill_zero_page(dio, sdio, ret);
  if (ret < 0) return ret;

  iov_iter_advance(sdio.iter, ret);
  const end = ret + from.value;
  sdio.from = from.value;
  sdio.to = ((end - 1) % PAGE_SIZE) + 1;
  sdio.head = 0;
  sdio.tail = Math.ceil(end / PAGE_SIZE);
  return 0;
}

function dio_refill_zero_page(dio: Dio, sdio: DioSubmit, error: number): number {
  const page = ZERO_PAGE(0);
  if (dio.page_errors === 0) dio.page_errors = error;
  get_page(page);
  dio_pages(dio)[0] = page;
  sdio.head = 0;
  sdio.tail = 1;
  sdio.from = 0;
  sdio.to = PAGE_SIZE;
  return 0;
}

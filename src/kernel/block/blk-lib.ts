/**
 * Stands for block/blk-lib.c.
 *
 * Proves: nothing; it is of the control group. The same page, ZERO_PAGE(), stands in every piece of every bio, and nobody
 * takes or drops a reference: it is never freed.
 * Hops: ZERO_PAGE() -> bio_add_page() -> bio.bi_io_vec[].bv_page -> bio_chain() -> submit_bio_wait(): no release.
 * Left out: commands that let the device write zeros by itself, discarding.
 */

import { ZERO_PAGE } from "../arch/x86/pgtable.ts";
import { BIO_MAX_PAGES, type Bio, type BlockDevice, REQ_OP_WRITE } from "../include/linux/blk_types.ts";
import { EINVAL } from "../include/linux/errno.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { bio_add_page, bio_alloc, bio_chain, bio_put, bio_set_dev } from "./bio.ts";
import { submit_bio_wait } from "./bio-wait.ts";
import { submit_bio } from "./blk-core.ts";

const SECTORS_PER_PAGE = PAGE_SIZE >> 9;

/** blkdev_issue_zeroout() - fill sectors with zeros; returns 0 or a negative errno */
export function blkdev_issue_zeroout(bdev: BlockDevice, sector: number, nr_sects: number): number {
  if (nr_sects === 0) return -EINVAL;

  const bio = __blkdev_issue_zero_pages(bdev, sector, nr_sects);
  const ret = submit_bio_wait(bio);
  bio_put(bio);
  return ret;
}

// All bios but the last are sent; the last ends after all of them.
function __blkdev_issue_zero_pages(bdev: BlockDevice, sector: number, nr_sects: number): Bio {
  let bio = new_bio(bdev, sector, nr_sects);
  for (let done = 0; done < nr_sects; ) {
    const sz = Math.min(PAGE_SIZE, (nr_sects - done) << 9);
    const added = bio_add_page(bio, ZERO_PAGE(0), sz, 0);
    if (added === 0) bio = next_bio(bio, new_bio(bdev, sector + done, nr_sects - done));
    done += added >> 9;
  }
  return bio;
}

function new_bio(bdev: BlockDevice, sector: number, nr_sects: number): Bio {
  const bio = bio_alloc(Math.min(Math.ceil(nr_sects / SECTORS_PER_PAGE), BIO_MAX_PAGES));
  bio_set_dev(bio, bdev);
  bio.bi_iter.bi_sector = sector;
  bio.bi_opf = REQ_OP_WRITE;
  return bio;
}

function next_bio(bio: Bio, next: Bio): Bio {
  bio_chain(bio, next);
  submit_bio(bio);
  return next;
}

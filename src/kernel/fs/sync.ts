/**
 * Stands for fs/sync.c.
 *
 * Modelled: that a synchronous write asks for a flush once its data is on its way.
 * Left out: the flush: the device has no volatile cache.
 */

import { IOCB_DSYNC, type Kiocb } from "../include/linux/fs.ts";

/** generic_write_sync() - flush the file if this write asked for it */
export function generic_write_sync(iocb: Kiocb): void {
  if ((iocb.ki_flags & IOCB_DSYNC) !== 0) iocb.ki_filp.f_inode.synced++;
}

/**
 * Stands for include/uapi/asm-generic/errno-base.h, errno.h and include/linux/errno.h.
 *
 * Modelled: the errors that the paths can return, as positive numbers; functions return them negated.
 * Left out: all others.
 */

/** Interrupted by a signal before anything was done; never seen by user space. */
export const ERESTARTSYS = 512;
/** The request was queued and completes later; never seen by user space. */
export const EIOCBQUEUED = 529;
/** No such thing. */
export const ENOENT = 2;
/** No such process. */
export const ESRCH = 3;
/** The process that wanted the data is gone. */
/** A signal came first. */
export const EINTR = 4;
/** The device reported an error, or the sectors lie beyond its end. */
export const EIO = 5;
/** Not now, ask again. */
export const EAGAIN = 11;
/** No frame left. */
export const ENOMEM = 12;
/** Bad address. */
export const EFAULT = 14;
/** No mapped block behind this place: direct IO hands over to buffered IO. */
export const ENOTBLK = 15;
/** Taken already. */
export const EBUSY = 16;
/** There already. */
export const EEXIST = 17;
/** The device is gone. */
export const ENODEV = 19;
/** Misaligned offset, address or length. */
export const EINVAL = 22;
/** No free block on the device. */
export const ENOSPC = 28;
/** Nobody will read what is written to the pipe. */
export const EPIPE = 32;
/** What was read does not match its protection. */
export const EILSEQ = 84;
/** Long-term pins of such a mapping are refused. */
export const EOPNOTSUPP = 95;
/** The limit of locked memory is reached. */
export const ENOBUFS = 105;

/** A kernel error as the kernel returns it: negative, zero means none. */
export type NegativeErrno = number;

/** Out of memory, or a count that has no room. */
export const ENOMEM = 12;
/** Bad address. */
export const EFAULT = 14;
/** What `faultin_page` answers when it had to drop mmap_sem: take it again and retry. */
export const EBUSY = 16;
/** Invalid argument. */
export const EINVAL = 22;
/** Operation not supported: a long-term pin of filesystem DAX memory. */
export const EOPNOTSUPP = 95;

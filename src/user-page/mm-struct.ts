import type { NegativeErrno } from "./errno.ts";
import type { Page } from "./page.ts";

/** Bytes per page; addresses are numbers of bytes. */
export const PAGE_SIZE = 4096;

/** get_user_pages() wants to write through the pin. Values as in Linux 4.19. */
export const FOLL_WRITE = 0x01;
/** get_user_pages() overrides missing permissions, as a debugger does. */
export const FOLL_FORCE = 0x10;

/** The area may be read. */
export const VM_READ = 0x01;
/** The area may be written. */
export const VM_WRITE = 0x02;
/** The area is shared with others, so a forced write must not reach it. */
export const VM_SHARED = 0x08;
/** The area could be made readable. */
export const VM_MAYREAD = 0x10;
/** The area could be made writable. */
export const VM_MAYWRITE = 0x20;
/** The area is page frames without struct pages. */
export const VM_PFNMAP = 0x0400;
/** The area is device memory. */
export const VM_IO = 0x4000;

/** One mapped range of an address space, [vm_start, vm_end). */
export interface VmArea {
  readonly vm_start: number;
  readonly vm_end: number;
  readonly vm_flags: number;
  /** Is it a file of a filesystem on persistent memory: pinning it for long would block the filesystem for good. */
  readonly fsdax: boolean;
}

/** The `locked` argument of get_user_pages_locked(): does the caller still hold mmap_sem afterwards. */
export interface Locked {
  locked: boolean;
}

/** mmap_sem, taken for reading. */
export interface MmapSem {
  readonly down_read: () => void;
  readonly up_read: () => void;
}

/** An address space, as far as the walk of get_user_pages() needs it; the caller implements it. */
export interface MmStruct {
  readonly mmap_sem: MmapSem;
  /** The area that contains the address. */
  readonly find_vma: (address: number) => VmArea | undefined;
  /**
   * The page the page table maps at the address, if it allows what `gup_flags` ask for; takes no reference.
   * With FOLL_FORCE it must find what `faultin_page` prepared under the same flags.
   */
  readonly follow_page: (address: number, gup_flags: number) => Page | undefined;
  /**
   * Make the page present: 0, or a negative errno. With `locked` given it may release mmap_sem, set `locked.locked`
   * to false and answer -EBUSY; it is then called again, with the lock and without that right.
   */
  readonly faultin_page: (address: number, gup_flags: number, locked: Locked | undefined) => 0 | NegativeErrno;
}

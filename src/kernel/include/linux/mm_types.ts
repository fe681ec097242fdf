/**
 * Stands for include/linux/mm_types.h, and for struct address_space of include/linux/fs.h.
 *
 * Modelled: page frames, address spaces of processes and of files.
 * Left out: compound pages, memory cgroups, NUMA nodes, multi-level page tables (one map from page number to pte).
 */

import type { RwSemaphore } from "../../kernel/locking/rwsem.ts";

/** One page frame. Its identity is what counts: two objects are two frames. */
export interface Page {
  /** Stands for the address of the struct: page_to_pfn() is a subtraction in C. */
  readonly pfn: number;
  flags: number;
  _refcount: number;
  /** How many page table entries map the frame; unlike the kernel's it starts at 0. */
  _mapcount: number;
  /** The file that the page belongs to, null for anonymous and kernel pages. */
  mapping: AddressSpace | null;
  index: number;
  /** What the file system keeps with the page: its buffers. An unsigned long in C. */
  private: unknown;
}

/** A page table entry: a pfn and flag bits in one integer, see arch/x86/pgtable.ts. */
export type pte_t = number;

/** What a file system does with cached pages. */
export interface AddressSpaceOperations {
  /** Start to read a locked page, which is unlocked when it has been read. */
  readonly readpage: (page: Page) => void;
  /** The same for several pages whose places are neighbours. */
  readonly readpages: (pages: readonly Page[]) => void;
  /** Start to write all dirty pages; returns how many. */
  readonly writepages: (mapping: AddressSpace) => number;
  /** Forget what is kept with a page, which leaves the cache. */
  readonly invalidatepage: (page: Page) => void;
  /** Memory is short: forget what is kept with a clean page, if it can be made again; true if so. */
  readonly releasepage: (page: Page) => boolean;
  /** A process is about to write to the page through a mapping: the last moment to prepare for its writeback. */
  readonly page_mkwrite: (page: Page) => void;
}

/** The cached pages of a file. */
export interface AddressSpace {
  /** None if the cache itself is the storage. */
  a_ops: AddressSpaceOperations | null;
  /** The inode, whose type cannot be named here. */
  host: unknown;
  /** A negative errno after a page could not be written. */
  wb_err: number;
  readonly i_pages: Map<number, Page>;
  readonly i_mmap: VmAreaStruct[];
  /** In pages; a fault beyond it is a bus error. */
  nr_pages: number;
  /** S_DAX of the host inode: the pages are the storage itself. */
  readonly dax: boolean;
}

/** A range of an address space with one set of rights. `vm_end` is exclusive. */
export interface VmAreaStruct {
  readonly vm_mm: MmStruct;
  readonly vm_start: number;
  readonly vm_end: number;
  readonly vm_flags: number;
  /** vm_file->f_mapping: null for anonymous memory. */
  readonly vm_mapping: AddressSpace | null;
  /** The first frame number of a VM_PFNMAP area; else the place of the first page in the file. */
  vm_pgoff: number;
}

/** Who has to know when addresses of a process no longer mean the pages they meant. */
export interface MmuNotifier {
  /** May sleep; when it returns, nothing is done any more to the pages behind the range. `end` is exclusive. */
  readonly invalidate_range_start: (start: number, end: number) => void;
}

/** The memory of a process. */
export interface MmStruct {
  readonly mmap: VmAreaStruct[];
  readonly pgd: Map<number, pte_t>;
  readonly mmap_sem: RwSemaphore;
  mm_users: number;
  readonly mmu_notifier_mm: MmuNotifier[];
  /** Pages charged for RDMA. */
  pinned_vm: number;
  /** Pages charged as locked. */
  locked_vm: number;
}

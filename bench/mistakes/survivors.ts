import type { MistakeResult } from "./results.ts";

/** Why nobody notices a mistake, in words. */
export const causeText = {
  unplayed: "no story passes by: an error path that nothing takes",
  read: "a read leaves no trace: the frame is there, whoever has it by then",
  held: "the page outlives the release, since a mapping, the page cache or a pin of the caller holds it too: what comes after the release finds what it expects, and would not after a truncation at that moment",
  independent:
    "the statement that now comes later has nothing to do with the page, or takes its time from nobody: the order is a habit",
  guard: "the condition that is now asked too late is one that no story meets there",
  end: "nothing lies beyond the end of the batch, in an array of JavaScript or in the file; C would release what lies behind an array",
  right:
    "the release meets both kinds and so stayed plain; where this one comes by only pinned pages do, and the mistake is the mending",
  unwatched: "the only story that passes by is about a machine without detectors, and there both releases are the same",
  unexplained: "not looked at yet",
} as const;

/** One of the causes. */
export type Cause = keyof typeof causeText;

/** In the order of the table. */
export const causes = Object.keys(causeText) as readonly Cause[];

/** Survivors that were looked at one by one, by their names. */
const reviewed: Readonly<Partial<Record<Cause, readonly string[]>>> = {
  held: [
    "block/bio-map.ts bio_unmap_user() put_page() call-after-release",
    "drivers/gpu/drm/i915/i915_gem_userptr.ts i915_gem_userptr_put_pages() put_page() call-after-release",
    "drivers/infiniband/core/umem.ts __ib_umem_release() put_page() call-after-release",
    "drivers/vfio/vfio_iommu_type1_pin.ts put_pfn() put_page() call-after-release",
    "fs/buffer-bread.ts __getblk() put_page() release-first",
    "fs/buffer-pages.ts try_to_free_buffers() put_page() release-first",
    "fs/direct-io-complete.ts dio_bio_complete() put_page() call-after-release",
    "fs/direct-io-submit.ts submit_page_section() put_page() #2 release-first",
    "fs/direct-io-submit.ts submit_page_section() put_page() release-first",
    "fs/direct-io.ts dio_submit_all() put_page() release-first",
    "fs/fuse/dev.ts fuse_notify_store() put_page() call-after-release",
    "kernel/ptrace.ts __access_remote_vm() put_page() call-after-release",
    "mm/filemap-read.ts read_one_page() put_page() release-first",
    "mm/filemap-write.ts write_end() put_page() call-after-release",
    "mm/filemap.ts replace_page_cache_page() put_page() release-first",
    "mm/mempolicy.ts lookup_node() put_page() release-first",
    "mm/shmem.ts delete_from_page_cache() put_page() release-first",
    "mm/swap.ts __put_user_pages_dirty() put_user_page() call-after-release",
    "mm/swapfile.ts try_to_free_swap() put_page() release-first",
    "net/xdp/xdp_umem.ts xdp_umem_unpin_pages() put_page() call-after-release",
  ],
  independent: [
    "drivers/gpu/drm/i915/i915_gem_userptr.ts i915_gem_userptr_get_pages() release_pages() release-first",
    "drivers/infiniband/hw/qib/qib_user_sdma_payload.ts qib_user_sdma_free_pkt_frag() put_page() release-first",
    "drivers/net/ethernet/intel/e1000/e1000_main.ts e1000_remove() put_page() release-first",
    "fs/direct-io-pages.ts dio_refill_zero_page() get_page() release-first",
    "fs/direct-io-submit.ts dio_bio_add_page() get_page() release-first",
    "include/linux/skbuff.ts kfree_skb() put_page() release-first",
    "lib/iov_iter.ts bvec_get_pages() get_page() release-first",
    "mm/filemap-read.ts page_cache_sync_readahead() put_page() release-first",
    "mm/process_vm_access.ts process_vm_rw_single_vec() put_page() release-first",
  ],
  guard: [
    "drivers/rapidio/devices/rio_mport_cdev.ts req_of_user_pages() put_page() release-first",
    "mm/filemap.ts replace_page_cache_page() get_page() release-first",
  ],
  end: [
    "drivers/gpu/drm/i915/i915_gem_userptr.ts i915_gem_userptr_get_pages() release_pages() one-too-many",
    "drivers/rapidio/devices/rio_mport_cdev.ts dma_req_free() put_page() one-too-many",
    "fs/direct-io-pages.ts dio_cleanup() put_page() one-too-many",
    "fs/fs-writeback.ts write_cache_pages() put_page() one-too-many",
    "lib/iov_iter.ts pipe_get_pages() get_page() one-too-many",
    "mm/process_vm_access.ts process_vm_rw_single_vec() put_page() one-too-many",
    "mm/swap.ts __put_user_pages_dirty() put_user_page() one-too-many",
    "mm/swap.ts put_user_pages_dirty() __put_user_pages_dirty() one-too-many",
    "mm/swap.ts put_user_pages_dirty_lock() __put_user_pages_dirty() one-too-many",
  ],
  right: ["drivers/infiniband/hw/qib/qib_user_sdma_payload.ts qib_user_sdma_page_to_frags() put_page() wrong-branded"],
  unwatched: [
    "mm/filemap.ts replace_page_cache_page() get_page() wrong-branded",
    "mm/filemap.ts replace_page_cache_page() put_page() wrong-branded",
  ],
};

/** All that were looked at one by one. */
export const reviewedNames: readonly string[] = Object.values(reviewed).flat();

/** The cause; of a mistake by a rule where it follows from what the mistake is, else as it was reviewed. */
export function causeOf(result: MistakeResult): Cause {
  if (result.passing === 0) return "unplayed";
  if (result.kind === "use-after-release") return "read";
  return causes.find((cause) => reviewed[cause]?.includes(result.name)) ?? "unexplained";
}

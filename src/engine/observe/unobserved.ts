/**
 * Why a flow that the engine found was never taken by a followed value, though one was where it begins.
 * `no-scenario`: the flow is there, and no story plays it. `imprecise`: no run takes it; the engine, like the compiler,
 * does not tell the cases apart. `nothing-pinned`: the type has to say so, because what is held there is handed to what
 * pins, but the story is that nothing gets pinned. `not-followed`: it was taken, as both ends show, in a way that the
 * recorder does not see.
 */
export type Cause = "no-scenario" | "imprecise" | "nothing-pinned" | "not-followed";

/** Flows that were looked at one by one, and why they were never taken. */
export interface Reviewed {
  readonly cause: Cause;
  readonly why: string;
  readonly flows: readonly string[];
}

/**
 * Where the runs stop short of what is found in the model. What lies behind such a flow is not listed again; a test holds
 * that nothing else is left unseen, and that no entry is needless.
 */
export const unobserved: readonly Reviewed[] = [
  {
    cause: "imprecise",
    why: "a flag tells at run time whose the page is (BIO_USER_MAPPED, put_page of the fragment); a pinned one never gets here",
    flows: [
      "include/linux/bvec.ts BioVec#bv_page -> mm/page_alloc.ts __free_page().(page)",
      "drivers/infiniband/hw/qib/qib_user_sdma_types.ts QibUserSdmaFrag#page -> mm/page_alloc.ts __free_page().(page)",
      "drivers/infiniband/hw/qib/qib_user_sdma_payload.ts qib_user_sdma_page_to_frags().(page) -> mm/page_alloc.ts __free_page().(page)",
      "include/linux/bvec.ts BioVec#bv_page -> block/bio-copy.ts bio_copy_from_iter()/{ bv_page, bv_len, bv_offset }/bv_page",
      "include/linux/bvec.ts BioVec#bv_page -> block/bio-copy.ts bio_copy_to_iter()/{ bv_page, bv_len, bv_offset }/bv_page",
    ],
  },
  {
    cause: "imprecise",
    why: "only the completion of the bio's maker comes here, and these makers put their own or the page cache's pages into it",
    flows: [
      "include/linux/bvec.ts BioVec#bv_page -> block/bounce.ts mempool_free().(page)",
      "include/linux/bvec.ts BioVec#bv_page -> mm/page-writeback.ts page_endio().(page)",
      "include/linux/bvec.ts BioVec#bv_page -> mm/page_io.ts bio_first_page_all()",
    ],
  },
  {
    cause: "imprecise",
    why: "what is read into a pipe goes to pages just allocated, and their array is never one that also got pinned pages",
    flows: [
      "lib/iov_iter.ts iov_iter_get_pages().(pages).[] -> lib/iov_iter.ts pipe_get_pages().(pages).[]",
      "include/linux/pipe_fs_i.ts PipeBuffer#page -> lib/iov_iter.ts pipe_get_pages().(pages).[]",
    ],
  },
  {
    cause: "imprecise",
    why: "a call of one of two functions takes the parameters of both as one type with the argument's",
    flows: [
      "mm/swap.ts put_user_pages_dirty().(pages).[] -> scenarios/pinning.ts pinned().[]",
      "mm/swap.ts put_user_pages_dirty_lock().(pages).[] -> scenarios/pinning.ts pinned().[]",
    ],
  },
  {
    cause: "no-scenario",
    why: "no bio of blk_rq_map_user() runs out of room, which would leave pinned pages over",
    flows: ["block/bio-map.ts map_some()/pages.[] -> block/bio-map.ts map_some()/page"],
  },
  {
    cause: "no-scenario",
    why: "the story of this mistake always returns before the loop, and that is the mistake",
    flows: ["scenarios/mistakes.ts leak_on_error()/pages.[] -> scenarios/mistakes.ts leak_on_error()/page"],
  },
  {
    cause: "not-followed",
    why: "the audit gathers what pipes hold by flatMap(): both ends were seen, also while a pipe held what vmsplice pinned",
    flows: [
      "include/linux/pipe_fs_i.ts PipeBuffer#page -> scenarios/imbalances.ts heldPfns()/piped.[]",
      "include/linux/pipe_fs_i.ts PipeBuffer#page -> scenarios/imbalances.ts heldPfns()/piped/(callback)().[]",
    ],
  },
  {
    cause: "no-scenario",
    why: "among random moves the audit asks when all is at rest, and then no buffer is registered any more",
    flows: [
      "include/linux/bvec.ts BioVec#bv_page -> scenarios/submitters/registered-buffers.ts openRegisteredBuffers()/(callback)()/(callback)()/(callback)().({ bv_page })/bv_page",
    ],
  },
  {
    cause: "nothing-pinned",
    why: "the story asks for pages beyond the end of a file, and gets -EFAULT",
    flows: [
      "scenarios/pinning.ts pinAndPut().(pin).(pages).[] -> scenarios/pinning.ts beyondFile()/ret/(callback)().(pages).[]",
      "scenarios/pinning.ts beyondFile()/ret/(callback)().(pages).[] -> mm/gup.ts get_user_pages_fast().(pages).[]",
    ],
  },
  {
    cause: "not-followed",
    why: "a list of new literals becomes the iterator's, and what is in them with it: no expression says so",
    flows: ["fs/splice.ts iter_file_splice_write()/bvec/(callback)().bv_page -> include/linux/bvec.ts BioVec#bv_page"],
  },
  {
    cause: "not-followed",
    why: "handed to map() by its name: nothing of the model stands between the list and the function",
    flows: [
      "scenarios/overflow.ts pinUntilFull()/pages.[] -> mm/pin_counting.ts page_maybe_dma_pinned().(page)",
      "scenarios/pinning.test.ts (callback)()/(callback)()/{ machine, pages }/pages.[]~4 -> include/linux/page-flags.ts PageDirty().(page)",
      "scenarios/late-dma.ts captureIntoFile()/pages.[] -> include/asm-generic/memory_model.ts page_to_phys().(page)",
    ],
  },
];

/**
 * Why no followed value was ever seen at a position that the engine found.
 * `no-scenario`: the flow is there, and no story plays it. `imprecise`: no run can bring a value there; the engine, like
 * the compiler, does not tell the cases apart. `never-pinned`: the type has to say so, because what is held there is
 * handed to what pins, but the story is that nothing gets pinned.
 */
export type Cause = "no-scenario" | "imprecise" | "never-pinned";

/** Positions that were looked at one by one, and why nothing was seen there. */
export interface Reviewed {
  readonly cause: Cause;
  readonly why: string;
  readonly positions: readonly string[];
}

/** Everything in the model that is found and never seen. A test holds the list against the run, both ways. */
export const unobserved: readonly Reviewed[] = [
  {
    cause: "imprecise",
    why: "one array type behind one signature: an iterator of this type never appends to an array that also got pinned pages, but the types cannot say so",
    positions: [
      "lib/iov_iter.ts bvec_get_pages().(pages).[]",
      "lib/iov_iter.ts pipe_get_pages().(pages).[]",
      "lib/iov_iter.ts pipe_get_pages()/page",
    ],
  },
  {
    cause: "no-scenario",
    why: "pieces that a caller lends hold pages of a pipe so far; registered buffers would lend pinned ones",
    positions: [
      "lib/iov_iter.ts iov_iter_rest()/{ bv_page, bv_len, bv_offset }/bv_page",
      "lib/iov_iter.ts iov_iter_rest().bv_page",
    ],
  },
  {
    cause: "never-pinned",
    why: "the story asks for pages beyond the end of a file, and gets -EFAULT",
    positions: ["scenarios/pinning.ts beyondFile()/ret/(callback)().(pages).[]"],
  },
];

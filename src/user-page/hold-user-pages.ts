import type { UserPage } from "./page.ts";
import { put_user_pages } from "./put-user-page.ts";

/** Pins bound to a scope: `using hold = holdUserPages(pages)` puts them wherever the block is left. */
export interface UserPageHold extends Disposable {
  /** The pages that the end of the scope will put. */
  readonly pages: readonly UserPage[];
  /** Hand the pins over to a longer-lived owner: the scope puts nothing, the result owes the puts. */
  readonly keep: () => readonly UserPage[];
}

/**
 * holdUserPages() - put the pages at the end of a scope, once, so that no early return leaks a pin
 *
 * `release` is how, for instance `put_user_pages_dirty_lock` after a device wrote into them.
 *
 * Shortcomings: the compiler does not insist on `using`; a hold in a plain `const` puts nothing.
 */
export function holdUserPages(
  pages: readonly UserPage[],
  release: (pages: readonly UserPage[]) => void = putAll,
): UserPageHold {
  let held = pages;
  const surrender = () => {
    const surrendered = held;
    held = [];
    return surrendered;
  };
  return {
    get pages() {
      return held;
    },
    keep: surrender,
    [Symbol.dispose]: () => release(surrender()),
  };
}

function putAll(pages: readonly UserPage[]): void {
  put_user_pages(pages);
}

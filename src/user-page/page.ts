/** What happens to a file page that gets dirty: the one operation of Linux's address_space that a release can reach. */
export interface AddressSpace {
  /** Called once per transition from clean to dirty; `PageLocked(page)` tells which of the two forms was used. */
  readonly set_page_dirty: (page: PageView) => void;
}

/**
 * What a page shows to whoever holds it, read-only; both kinds of page pass where this is asked for.
 *
 * Shortcomings: TypeScript lets a readonly property pass as a writable one, and an array of either kind as a writable
 * `PageView[]`, into which the other kind can then be written.
 */
export interface PageView {
  /** Page frame number: which page of physical memory this is. */
  readonly pfn: number;
  /** Bits, see `PG_locked` and `PG_dirty`. */
  readonly flags: number;
  /** Ordinary references, plus `GUP_PIN_COUNTING_BIAS` for each pin. */
  readonly _refcount: number;
  /** The file the page belongs to; undefined for an anonymous page. */
  readonly mapping: AddressSpace | undefined;
}

// The classes exist for the compiler alone: two private members of the same name are never compatible, and a spread or a
// literal has neither.
declare class HeldByReference {
  private readonly releasedBy: "put_page";
}

declare class HeldByPin {
  private readonly releasedBy: "put_user_page";
}

/** A page held by an ordinary reference: `get_page()` takes it, `put_page()` releases it. */
export interface Page extends PageView, HeldByReference {}

/**
 * A page pinned by `get_user_pages()`: it owes exactly one `put_user_page()`.
 *
 * At run time it is the same object as the `Page`. The compiler assigns neither kind to the other, and rejects a spread
 * copy or an object literal for either.
 *
 * Shortcomings: `Object.assign({}, page)` and `structuredClone(page)` keep the type although they are copies, and a cast
 * through `unknown` always passes. docs/encodings.md lists what each encoding stops.
 */
export interface UserPage extends PageView, HeldByPin {}

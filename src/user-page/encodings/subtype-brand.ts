import type { PageView } from "../page.ts";
import { type Encoding, encode } from "./encoding.ts";

declare const pinned: unique symbol;

/** Any page. */
export type Page = PageView;

/** A page with a mark: a user page is a page, so it passes wherever a page is asked for. */
export type UserPage = Page & { readonly [pinned]: true };

/** The brand that most TypeScript code uses. */
export const kernel: Encoding<Page, UserPage> = encode<Page, UserPage>();

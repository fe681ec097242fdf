import type { PageView } from "../page.ts";
import { type Encoding, encode } from "./encoding.ts";

declare const heldByReference: unique symbol;
declare const heldByPin: unique symbol;

/** A page with a mark of its own. */
export type Page = PageView & { readonly [heldByReference]: true };

/** A page with another mark; neither kind has the other's. */
export type UserPage = PageView & { readonly [heldByPin]: true };

/** Two marks, keyed by symbols that nobody else can name. */
export const kernel: Encoding<Page, UserPage> = encode<Page, UserPage>();

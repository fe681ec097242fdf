import type { PageView } from "../page.ts";
import { type Encoding, encode } from "./encoding.ts";

/** A page that must not carry the mark. */
export interface Page extends PageView {
  readonly userPage?: never;
}

/** A page that carries the mark: an ordinary property that no object really has. */
export interface UserPage extends PageView {
  readonly userPage: true;
}

/** One kind says what it is, the other what it is not. */
export const kernel: Encoding<Page, UserPage> = encode<Page, UserPage>();

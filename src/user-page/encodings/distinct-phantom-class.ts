import type { Page, UserPage } from "../page.ts";
import { type Encoding, encode } from "./encoding.ts";

export type { Page, UserPage } from "../page.ts";

/** Two classes that exist for the compiler alone, told apart by a private member: the recommended default. */
export const kernel: Encoding<Page, UserPage> = encode<Page, UserPage>();

import type { PageView } from "../page.ts";
import { createPage, put_page } from "../page-reference.ts";
import { page_add_pin, pin } from "../pin.ts";
import { put_user_page } from "../put-user-page.ts";
import type { Put, Releasable } from "../releasable.ts";

/** The operations that tell the two kinds apart, typed for one way of writing the kinds down. */
export interface Encoding<Page extends PageView, UserPage extends PageView> {
  readonly createPage: (pfn: number) => Page;
  readonly pin: (page: Page) => UserPage;
  readonly page_add_pin: <P extends UserPage>(page: P & Releasable<P>) => UserPage;
  readonly put_page: <P extends Page>(page: P & Releasable<P>) => void;
  readonly put_user_page: <P extends UserPage>(page: P & Releasable<P>) => asserts page is Put<P>;
}

// The run-time code of every encoding: they differ in types alone.
const operations = { createPage, pin, page_add_pin, put_page, put_user_page };

/** encode() - the same operations under another pair of types; the only place that mints an encoding */
export function encode<Page extends PageView, UserPage extends PageView>(): Encoding<Page, UserPage> {
  return operations as unknown as Encoding<Page, UserPage>;
}

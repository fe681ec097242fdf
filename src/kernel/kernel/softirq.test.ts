import { afterEach, expect, test } from "vitest";
import { alloc_page, mem_init } from "../mm/page_alloc.ts";
import { lock_page, unlock_page } from "../mm/page-writeback.ts";
import { irq_enter, irq_exit, irq_init } from "./softirq.ts";

afterEach(irq_init);

test("an interrupt handler must not lock a page", () => {
  mem_init(2);
  const page = alloc_page() ?? expect.fail("no frame");
  irq_enter();
  expect(() => lock_page(page)).toThrow("sleeping in an interrupt handler");
  irq_exit();
  lock_page(page);
  unlock_page(page);
  expect(() => unlock_page(page)).toThrow("page 1 is unlocked and was not locked");
});

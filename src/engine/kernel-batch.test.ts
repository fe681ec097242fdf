import { resolve } from "node:path";
import { expect, test } from "vitest";
import { applyChanges } from "./edit.ts";
import { measure } from "./measure.ts";

const model = resolve(import.meta.dirname, "../kernel");
const driver = "drivers/rapidio/devices/rio_mport_cdev.ts";

test("a driver that releases as many pages as it asked for, not as many as it got, compiles with the brand in place", () => {
  const { report, sources } = measure({
    project: "paths/02-batch.tsconfig.json",
    workingDirectory: model,
    verify: "sufficient",
    migration: {
      base: "include/linux/mm_types.ts#Page",
      brand: "UserPage",
      mode: "distinct",
      sources: ["mm/gup.ts#gup_pte_range(pages)", "mm/gup.ts#__get_user_pages(pages)"],
      sinks: [],
      releases: [{ plain: "mm/swap.ts#put_page", branded: "mm/swap.ts#put_user_page" }],
    },
  });
  const edits = [...report.edits, ...report.conversions].filter(({ file }) => file === driver);
  const after = applyChanges(sources.get(driver) ?? "", edits);
  expect(report.verdict?.newDiagnostics).toEqual([]);
  expect(after.split("\n").filter((line) => /put_(user_)?page\(\w/.test(line))).toEqual([
    "  if (map.ref === 0) put_page(map.virt_page);",
    '  for (let i = 0; i < nr_pages; i++) put_user_page(page_list[i] ?? stale[i] ?? BUG("page_list[] holds no pointer"));',
    "    for (const page of req.page_list.slice(0, req.nr_pages)) put_user_page(page);",
  ]);
});

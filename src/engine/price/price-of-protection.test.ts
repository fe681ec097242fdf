import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { study } from "../measure.ts";
import type { Migration } from "../migration.ts";
import { type PlanReport, planReport } from "./plan-report.ts";
import { priceOfProtection } from "./price-of-protection.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const lib = [
  "export interface Page { readonly pfn: number }",
  "export function pin(): Page { return { pfn: 1 }; }",
  "export function put(page: Page): void { void page; }",
  "export function unpin(page: Page): void { void page; }",
].join("\n");
const names = 'import { type Page, pin, put } from "../mm/page";\n';

function planOf(files: Readonly<Record<string, string>>, mode: Migration["mode"] = "distinct"): PlanReport {
  const folder = mkdtempSync(join(tmpdir(), "userpage-price-"));
  folders.push(folder);
  const tsconfig = JSON.stringify({ compilerOptions: { strict: true, types: [], noEmit: true } });
  for (const [file, text] of Object.entries({ "tsconfig.json": tsconfig, "mm/page.ts": lib, ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const migration: Migration = {
    base: undefined,
    brand: "UserPage",
    mode,
    sources: ["mm/page.ts#pin"],
    sinks: [],
    releases: [{ plain: "mm/page.ts#put", branded: "mm/page.ts#unpin" }],
  };
  const asked = study({ project: ".", workingDirectory: folder, verify: "no", migration });
  return planReport(asked, priceOfProtection(asked));
}

// What the patches add and take back, patch after patch.
function carriedOut({ plan }: PlanReport): readonly number[] {
  let sum = 0;
  return plan.map(({ made, takenBack }) => {
    const { annotation = 0, union = 0, cast = 0, conversion = 0 } = made;
    sum += annotation + union + cast + conversion - takenBack;
    return sum;
  });
}

const local = `${names}export function lookup(): void { put(pin()); }\n`;
const holder = `${names}
export interface Bio { page: Page }
export function submit(bio: Bio): void { bio.page = pin(); }
export function end(bio: Bio): void { put(bio.page); }
`;
const mixing = `${names}
export interface Bio { page: Page }
export function submit(bio: Bio): void { bio.page = pin(); }
export function writeback(bio: Bio, cached: Page): void { bio.page = cached; }
export function end(bio: Bio): void { put(bio.page); }
`;

describe("the price of protection", () => {
  test("one release costs its new name, the types of the source and of the branded release, and the source's mint", () => {
    const { corners, plan, releases } = planOf({ "fs/local.ts": local });
    expect([releases, corners]).toEqual([1, [{ edits: 4, releases: 1 }]]);
    expect(plan.map(({ module, converted, newDiagnostics }) => [module, converted.length, newDiagnostics])).toEqual([
      ["fs", 1, []],
    ]);
  });

  test("a subtype protects nothing, since the plain release takes it too", () => {
    const { releases, corners, unprotected, plan, callers } = planOf({ "fs/local.ts": local }, "subtype");
    expect([releases, corners, unprotected, plan, callers]).toEqual([
      1,
      [],
      [{ file: "fs/local.ts", line: 2 }],
      [],
      [],
    ]);
  });

  test("the next caller pays for what is its own alone", () => {
    const { corners, callers } = planOf({ "fs/local.ts": local, "net/holder.ts": holder });
    expect(corners).toEqual([{ edits: 6, releases: 2 }]);
    expect(callers.map(({ caller, alone, next }) => [caller, alone, next])).toEqual([
      // While one is alone, the other one casts.
      ["fs/local.ts:2", 5, 5],
      ["net/holder.ts Bio", 6, 1],
    ]);
  });

  test("a caller at the top of a file is known by the variable that holds what it takes", () => {
    const top = `${names}
const held = pin();
const pages: Page[] = [pin()];
const bio: { readonly page: Page } = { page: pin() };
const loose = { page: pin() };
const { pfn, ...rest } = { pfn: 1, page: pin() };
const known = new Map<string, Page>([["zero", pin()]]);
const [first] = [pin()];
export const later = (): Page => pin();
export function release(): void {
  for (const page of [held, ...pages, bio.page, loose.page, rest.page, ...known.values(), first, later()]) put(page);
}
`;
    const { callers } = planOf({ "fs/top.ts": top });
    expect(callers.map(({ caller }) => caller).sort()).toEqual([
      "fs/top.ts [first]",
      "fs/top.ts bio",
      "fs/top.ts held",
      "fs/top.ts known",
      "fs/top.ts later()",
      "fs/top.ts loose",
      "fs/top.ts pages",
      "fs/top.ts release()",
      "fs/top.ts { pfn, ...rest }",
    ]);
  });

  test("a plain value that joins is cast where it enters, and the compiler accepts that", () => {
    const { corners, plan } = planOf({ "block/bio.ts": mixing });
    expect(corners).toEqual([{ edits: 6, releases: 1 }]);
    expect(plan.map(({ made }) => made)).toEqual([
      { annotation: 3, cast: 2, declaration: 2, import: 1, conversion: 1 },
    ]);
  });

  test("what is compared is cast when only one of the two is branded", () => {
    const compared = `${names}
export interface Dio { cur_page: Page | null }
export function submit(dio: Dio, page: Page): void {
  if (dio.cur_page === page) return;
  if (dio.cur_page !== null) put(dio.cur_page);
  dio.cur_page = page;
}
export function write(dio: Dio): void { submit(dio, pin()); }
export function is(dio: Dio, cached: Page): boolean { return dio.cur_page === cached || cached === dio.cur_page; }
`;
    const report = planOf({ "fs/dio.ts": compared });
    // pin(), unpin(), the field, the parameter, the mint, the conversion, and is() twice.
    expect(report.corners).toEqual([{ edits: 8, releases: 1 }]);
    expect(report.plan.map(({ newDiagnostics }) => newDiagnostics)).toEqual([[]]);
    expect(carriedOut(report)).toEqual([8]);
  });

  test("a function that is passed on compiles where what it is called with has been cast before", () => {
    const passed = `${names}
const plain: Page = { pfn: 2 };
function pinned(): Page[] { return [pin()]; }
function pfn_of(page: Page): number { return page.pfn; }
function show(pages: Page[]): number { return pages.length; }
export function shown(): number[] { return [show([plain]), show([plain]), pfn_of(plain), pfn_of(plain)]; }
export function story(): number[] {
  const pages = pinned();
  return [...pages.map(pfn_of), show(pages), show(pages)];
}
export function release(): void { for (const page of pinned()) put(page); }
`;
    const { corners, plan } = planOf({ "fs/story.ts": passed });
    expect(corners.map(({ releases }) => releases)).toEqual([1]);
    expect(plan.map(({ newDiagnostics }) => newDiagnostics)).toEqual([[]]);
  });

  test("every patch comes to the price that the curve has for it", () => {
    const report = planOf({ "a/one.ts": local, "b/two.ts": local.replace("lookup", "again"), "c/three.ts": holder });
    expect(carriedOut(report)).toEqual(report.plan.map(({ edits }) => edits));
  });

  test("what another patch's cast has made possible is taken back by the patch that brands it", () => {
    const two = { "a/one.ts": local, "b/two.ts": local.replace("lookup", "again"), "c/three.ts": holder };
    const { plan } = planOf(two);
    expect(plan.map(({ newDiagnostics }) => newDiagnostics)).toEqual(plan.map(() => []));
    expect(plan.reduce((sum, { takenBack }) => sum + takenBack, 0)).toBeGreaterThan(0);
    expect(plan.at(-1)?.releases).toBe(3);
  });
});

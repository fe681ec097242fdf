import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { folderWith } from "../../cli/fixtures/in-folder.ts";
import { applyChanges } from "../edit.ts";
import { study } from "../measure.ts";
import type { Migration } from "../migration.ts";
import type { MeasureRequest } from "../question.ts";
import { plantMistakes } from "../typescript/mistakes/plant.ts";
import { releaseCalls } from "../typescript/mistakes/release-calls.ts";
import { loadProject } from "../typescript/project/load.ts";
import { type MistakeColumn, mistakeMatrix } from "./mistake-matrix.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const compilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  target: "es2022",
  lib: ["es2022", "dom"],
  types: [],
};
const tsconfig = JSON.stringify({
  compilerOptions: { ...compilerOptions, module: "esnext", moduleResolution: "bundler" },
});

// A release that narrows, so that the same variable is neither released nor marked dirty afterwards.
const page = `declare class Pinned { private readonly pinned: true }
declare class Plain { private readonly plain: true }
declare const putBefore: unique symbol;
interface Released { readonly [putBefore]: true }
type Unreleased<P> = P extends Released ? never : unknown;
export interface Page extends Plain { readonly pfn: number }
export interface UserPage extends Pinned { readonly pfn: number }
export function put_page(page: Page): void { console.log(page.pfn); }
export function put_user_page<P extends UserPage>(page: P & Unreleased<P>): asserts page is P & Unreleased<P> & Released { console.log(page.pfn); }
export function set_page_dirty<P extends Page | UserPage>(page: P & Unreleased<P>): void { console.log(page.pfn); }
`;

const use = `import { type Page, put_page, put_user_page, set_page_dirty, type UserPage } from "./page";
export function finish(pages: readonly UserPage[], nr: number): void {
  for (const page of pages.slice(0, nr)) {
    set_page_dirty(page);
    put_user_page(page);
  }
}
export function both(pages: readonly UserPage[], plain: Page): void {
  finish(pages, pages.length);
  put_page(plain);
}
`;

const releases = [{ plain: "put_page", branded: "put_user_page" }];
const branded: Migration = { base: undefined, brand: "", mode: "distinct", sources: [], sinks: [], releases };

const everywhere = () => true;

function requestFor(files: Readonly<Record<string, string>>, migration: Migration): MeasureRequest {
  const folder = folderWith({ "tsconfig.json": tsconfig, ...files });
  folders.push(folder);
  return { project: "tsconfig.json", migration, workingDirectory: folder, verify: "sufficient" };
}

function told({ mutants }: MistakeColumn): readonly string[] {
  return mutants.map(
    ({ kind, place, stopped }) => `${place.line} ${place.name} ${kind}: ${stopped?.code ?? "compiles"}`,
  );
}

test("every mistake is made once at every call that releases, through another function too", () => {
  const { project, workingDirectory } = requestFor({ "page.ts": page, "use.ts": use }, branded);
  const loaded = loadProject(project, workingDirectory);
  const planted = plantMistakes(loaded, releaseCalls(loaded, releases, workingDirectory), new Map());
  const [file] = planted;
  const lines = (file?.mutants ?? []).map(({ kind, changes }) => {
    const [after, before] = [applyChanges(use, changes), use].map((text) => text.split("\n"));
    return `${kind}: ${after
      ?.filter((line) => !before?.includes(line))
      .map((line) => line.trim())
      .join(" ")}`.trim();
  });
  expect([planted.length, file?.path]).toEqual([1, join(workingDirectory, "use.ts")]);
  expect(lines).toEqual([
    "wrong-release: put_page(page);",
    "second-release: put_user_page(page); put_user_page(page);",
    "missing-release:",
    "use-after-release: put_user_page(page); void (page).pfn;",
    "call-after-release: put_user_page(page); set_page_dirty(page);",
    "one-too-few: for (const page of pages.slice(0, nr - 1)) {",
    "one-too-many: for (const page of pages.slice(0, nr + 1)) {",
    "second-release: finish(pages, pages.length); finish(pages, pages.length);",
    "missing-release:",
    "use-after-release: finish(pages, pages.length); void (pages).length;",
    "one-too-few: finish(pages, pages.length - 1);",
    "one-too-many: finish(pages, pages.length + 1);",
    "wrong-branded: put_user_page(plain);",
    "second-release: put_page(plain); put_page(plain);",
    "missing-release:",
    "use-after-release: put_page(plain); void (plain).pfn;",
    "release-first: put_page(plain); finish(pages, pages.length);",
  ]);
});

test("a project that is branded already is judged as it is", () => {
  const { columns, places } = mistakeMatrix(
    requestFor({ "page.ts": page, "use.ts": use }, branded),
    undefined,
    everywhere,
  );
  expect(places.map(({ line, side, owner }) => `${line} ${side} in ${owner}()`)).toEqual([
    "5 branded in finish()",
    "9 through in both()",
    "10 plain in both()",
  ]);
  expect(columns.map(told)).toEqual([
    [
      "5 put_user_page wrong-release: 2345",
      "5 put_user_page second-release: 2345",
      "5 put_user_page missing-release: compiles",
      "5 put_user_page use-after-release: compiles",
      "5 put_user_page call-after-release: 2345",
      "5 put_user_page one-too-few: compiles",
      "5 put_user_page one-too-many: compiles",
      "9 finish second-release: compiles",
      "9 finish missing-release: compiles",
      "9 finish use-after-release: compiles",
      "9 finish one-too-few: compiles",
      "9 finish one-too-many: compiles",
      "10 put_page wrong-branded: 2345",
      "10 put_page second-release: compiles",
      "10 put_page missing-release: compiles",
      "10 put_page use-after-release: compiles",
      "10 put_page release-first: compiles",
    ],
  ]);
});

test("a wrong release is stopped by a strategy that writes types, not by one that writes names", () => {
  const plain = `export interface Page { pfn: number }
export function get_user_page(): Page { return { pfn: 1 }; }
export function put_page(page: Page): void { page.pfn = 0; }
export function put_user_page(page: Page): void { put_page(page); }
`;
  const io = `import { get_user_page, put_page } from "./page";
export function io(): void {
  const page = get_user_page();
  put_page(page);
}
`;
  const migration = { ...branded, brand: "UserPage", sources: ["page.ts#get_user_page"] };
  const request = requestFor({ "page.ts": plain, "io.ts": io }, migration);
  const { columns, refused } = mistakeMatrix(request, study(request), everywhere);
  const wrong = columns.map((column) => {
    const found = column.mutants.filter(({ kind, place }) => kind.startsWith("wrong") && place.file === "io.ts");
    return `${column.strategy}: ${told({ ...column, mutants: found }).join(", ")}`;
  });
  expect(wrong).toEqual([
    "as it is: 4 put_page wrong-branded: compiles",
    "distinct: 4 put_page wrong-release: 2345",
    "cut: 4 put_page wrong-release: 2345",
    "rename: 4 put_page wrong-release: compiles",
    "view: 4 put_page wrong-release: 2345",
    "generic: 4 put_page wrong-release: 2345",
  ]);
  expect(refused.map(({ strategy }) => strategy)).toEqual(["flag"]);
});

test("the release inside the branded release is not replaced by that one", () => {
  const request = requestFor(
    {
      "page.ts":
        "export function put_page(pfn: number): void { console.log(pfn); }\nexport function put_user_page(pfn: number): void { put_page(pfn); }\n",
    },
    branded,
  );
  const [column] = mistakeMatrix(request, undefined, everywhere).columns;
  expect(column === undefined ? [] : told(column)).toEqual([
    "2 put_page second-release: compiles",
    "2 put_page missing-release: compiles",
  ]);
});

test("without a release there is nothing to make mistakes with", () => {
  const request = requestFor({ "page.ts": page }, { ...branded, releases: [] });
  expect(() => mistakeMatrix(request, undefined, everywhere)).toThrow("--release PLAIN=BRANDED");
});

import { afterAll, expect, test } from "vitest";
import type { Report } from "./answer/report.ts";
import { cleanUp, complaints, edited, materialise, type Texts } from "./fixtures/fixture.ts";
import { measure } from "./measure.ts";

afterAll(cleanUp);

const mm = [
  "export interface Page { pfn: number; pins: number }",
  "export function pin(): Page { return { pfn: 1, pins: 1 }; }",
  "export function alloc(): Page { return { pfn: 2, pins: 0 }; }",
  "export function put(page: Page): void { page.pfn = 0; }",
  "export function unpin(page: Page): void { page.pins--; }",
];

function answered(files: Readonly<Record<string, readonly string[]>>, strategy: "generic" | "distinct" = "generic") {
  const before = new Map(Object.entries({ "mm.ts": mm, ...files }).map(([name, lines]) => [name, lines.join("\n")]));
  const migration = {
    base: undefined,
    brand: "UserPage",
    mode: "distinct",
    sources: ["mm.ts#pin"],
    sinks: [],
    releases: [{ plain: "mm.ts#put", branded: "mm.ts#unpin" }],
    strategy,
  } as const;
  const asked = { project: ".", workingDirectory: materialise(before), verify: "sufficient", migration } as const;
  const { report } = measure(asked);
  const after = edited(before, [...report.edits, ...report.conversions]);
  expect(report.verdict?.newDiagnostics).toEqual([]);
  expect(complaints(materialise(after))).toEqual([]);
  return { report, changed: changedLines(before, after) };
}

// The lines that are new, without those that declare the brand or import.
function changedLines(before: Texts, after: Texts): readonly string[] {
  return [...after].flatMap(([file, text]) => {
    const old = new Set(before.get(file)?.split("\n"));
    return file === "mm.ts" ? [] : text.split("\n").filter((line) => !old.has(line) && !line.startsWith("import"));
  });
}

function mixedReleases({ obstacles }: Report): number {
  return obstacles.filter(({ kind }) => kind === "mixed-release").length;
}

const bio = [
  'import type { Page } from "./mm.js";',
  "export interface BioVec { page: Page; len: number }",
  "export interface Bio { bi_io_vec: BioVec[]; bi_private: unknown; bi_end_io: ((bio: Bio) => void) | null }",
  "export function bio_alloc(): Bio { return { bi_io_vec: [], bi_private: null, bi_end_io: null }; }",
  "export function bio_add_page(bio: Bio, page: Page, len: number): void { bio.bi_io_vec.push({ page, len }); }",
  "const queue: Bio[] = [];",
  "export function submit_bio(bio: Bio): void { queue.push(bio); }",
  "export function run_queue(): void {",
  "  for (const bio of queue.splice(0)) bio.bi_end_io?.(bio);",
  "}",
];

const direct = [
  'import { type Bio, bio_add_page, bio_alloc, submit_bio } from "./bio.js";',
  'import { pin, put } from "./mm.js";',
  "interface Dio { bios: number }",
  "export function direct(): void {",
  "  const bio = bio_alloc();",
  "  const dio: Dio = { bios: 1 };",
  "  bio_add_page(bio, pin(), 1);",
  "  bio.bi_private = dio;",
  "  bio.bi_end_io = direct_end;",
  "  submit_bio(bio);",
  "}",
  "function direct_end(bio: Bio): void {",
  "  for (const vec of bio.bi_io_vec) put(vec.page);",
  "  (bio.bi_private as Dio).bios--;",
  "}",
];

const writeback = [
  'import { type Bio, bio_add_page, bio_alloc, submit_bio } from "./bio.js";',
  'import { alloc, put } from "./mm.js";',
  "export function writeback(): void {",
  "  const bio = bio_alloc();",
  "  bio_add_page(bio, alloc(), 1);",
  "  bio.bi_end_io = write_end;",
  "  submit_bio(bio);",
  "}",
  "function write_end(bio: Bio): void {",
  "  for (const vec of bio.bi_io_vec) put(vec.page);",
  "}",
];

test("two callers of one submit path keep their kinds apart, and each completion knows its own", () => {
  const { report, changed } = answered({ "bio.ts": bio, "direct.ts": direct, "writeback.ts": writeback });
  expect(changed).toEqual([
    "export interface BioVec<P extends AnyPage = Page> { page: P; len: number }",
    'export interface Bio<P extends AnyPage = Page> { bi_io_vec: BioVec<P>[]; bi_private: unknown; bi_end_io: ({ call(bio: Bio<P>): void }["call"]) | null }',
    "export function bio_alloc<P extends AnyPage = Page>(): Bio<P> { return { bi_io_vec: [], bi_private: null, bi_end_io: null }; }",
    "export function bio_add_page<P extends AnyPage>(bio: Bio<P>, page: P, len: number): void { bio.bi_io_vec.push({ page, len }); }",
    "const queue: Bio<AnyPage>[] = [];",
    "export function submit_bio(bio: Bio<AnyPage>): void { queue.push(bio); }",
    "  const bio = bio_alloc<UserPage>();",
    "function direct_end(bio: Bio<UserPage>): void {",
    "  for (const vec of bio.bi_io_vec) unpin(vec.page);",
  ]);
  expect(report.conversions.map(({ position }) => position)).toEqual(["bio.ts BioVec#page<brand>"]);
  expect(report.positions.map(({ id }) => id)).toContain("bio.ts BioVec#page<brand>");
  expect(mixedReleases(report)).toBe(0);
});

test("what distinct leaves behind a cast, since both kinds meet in the holder, is told apart", () => {
  const { report } = answered({ "bio.ts": bio, "direct.ts": direct, "writeback.ts": writeback }, "distinct");
  expect(report.conversions).toEqual([]);
  expect(mixedReleases(report)).toBe(2);
});

test("a holder that really mixes stays a union, and its release stays plain behind a cast", () => {
  const { report, changed } = answered({
    "bag.ts": [
      'import { alloc, type Page, pin, put } from "./mm.js";',
      "export interface Bag { page: Page }",
      "export function fill(bag: Bag, user: boolean): void { bag.page = user ? pin() : alloc(); }",
      "export function empty(bag: Bag): void { put(bag.page); }",
      "export function both(bag: Bag): void { fill(bag, true); empty(bag); }",
    ],
  });
  expect(changed).toEqual([
    "export interface Bag { page: Page | UserPage }",
    "export function empty(bag: Bag): void { put(bag.page as Page); }",
  ]);
  expect(mixedReleases(report)).toBe(1);
});

test("a container of containers hands the kind on", () => {
  const { changed } = answered({
    "rq.ts": [
      'import { alloc, type Page, pin, put } from "./mm.js";',
      "interface Vec { page: Page }",
      "interface Bio { vecs: Vec[]; next: Bio | null }",
      "interface Request { bio: Bio }",
      "function add(rq: Request, page: Page): void { rq.bio.vecs.push({ page }); }",
      "function request(): Request { return { bio: { vecs: [], next: null } }; }",
      "export function user(): void {",
      "  const rq: Request = request();",
      "  add(rq, pin());",
      "  for (const vec of rq.bio.vecs) put(vec.page);",
      "}",
      "export function kernel(): void {",
      "  const rq: Request = request();",
      "  add(rq, alloc());",
      "  for (const vec of rq.bio.vecs) put(vec.page);",
      "}",
    ],
  });
  expect(changed).toEqual([
    "interface Vec<P extends AnyPage = Page> { page: P }",
    "interface Bio<P extends AnyPage = Page> { vecs: Vec<P>[]; next: Bio<P> | null }",
    "interface Request<P extends AnyPage = Page> { bio: Bio<P> }",
    "function add<P extends AnyPage>(rq: Request<P>, page: P): void { rq.bio.vecs.push({ page }); }",
    "function request<P extends AnyPage = Page>(): Request<P> { return { bio: { vecs: [], next: null } }; }",
    "  const rq: Request<UserPage> = request<UserPage>();",
    "  for (const vec of rq.bio.vecs) unpin(vec.page);",
  ]);
});

test("a class is made of the kind that is put into it", () => {
  const { changed } = answered({
    "umem.ts": [
      'import { alloc, type Page, pin, put } from "./mm.js";',
      "class Umem {",
      "  pages: Page[] = [];",
      "  add(page: Page): void { this.pages.push(page); }",
      "}",
      "export function user(): void {",
      "  const umem = new Umem();",
      "  umem.add(pin());",
      "  for (const page of umem.pages) put(page);",
      "}",
      "export function kernel(): void {",
      "  const umem = new Umem();",
      "  umem.add(alloc());",
      "  for (const page of umem.pages) put(page);",
      "}",
    ],
  });
  expect(changed).toEqual([
    "class Umem<P extends AnyPage = Page> {",
    "  pages: P[] = [];",
    "  add(page: P): void { this.pages.push(page); }",
    "  const umem = new Umem<UserPage>();",
    "  for (const page of umem.pages) unpin(page);",
  ]);
});

test("a copy of one instance is of its kind", () => {
  const { changed } = answered({
    "copy.ts": [
      'import { alloc, type Page, pin, put } from "./mm.js";',
      "interface Vec { page: Page; len: number }",
      "function half(vec: Vec): Vec { return { page: vec.page, len: vec.len / 2 }; }",
      "export function user(): void { put(half({ page: pin(), len: 2 }).page); }",
      "export function kernel(): void { put(half({ page: alloc(), len: 2 }).page); }",
    ],
  });
  expect(changed).toEqual([
    "interface Vec<P extends AnyPage = Page> { page: P; len: number }",
    "function half<P extends AnyPage>(vec: Vec<P>): Vec<P> { return { page: vec.page, len: vec.len / 2 }; }",
    "export function user(): void { unpin(half({ page: pin(), len: 2 }).page); }",
  ]);
});

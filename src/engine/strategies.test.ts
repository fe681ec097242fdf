import { afterAll, describe, expect, test } from "vitest";
import { compare } from "./compare.ts";
import { cleanUp, complaints, edited, materialise, type Texts } from "./fixtures/fixture.ts";
import { type Measurement, measure, study } from "./measure.ts";
import type { Migration, Strategy } from "./migration.ts";

afterAll(cleanUp);

// A holder of user pages alone, one that mixes, a reader of both.
const files: Texts = new Map(
  Object.entries({
    "mm.ts": [
      "export interface Page { pfn: number; pins: number }",
      "export function pin(): Page { return { pfn: 1, pins: 1 }; }",
      "export function alloc(): Page { return { pfn: 2, pins: 0 }; }",
      "export function put(page: Page): void { page.pfn = 0; }",
      "export function unpin(page: Page): void { page.pins--; }",
      "export function is_pinned(page: Page): boolean { return page.pins > 0; }",
      "",
    ].join("\n"),
    "umem.ts": [
      'import { type Page, pin, put } from "./mm.js";',
      "export interface Umem { page: Page }",
      "export function reg(umem: Umem): void { umem.page = pin(); }",
      "export function unreg(umem: Umem): void { put(umem.page); }",
      "",
    ].join("\n"),
    "bio.ts": [
      'import { alloc, type Page, pin, put } from "./mm.js";',
      "export interface Bio { page: Page }",
      "export function direct(bio: Bio): void { bio.page = pin(); }",
      "export function writeback(bio: Bio): void { bio.page = alloc(); }",
      "export function read(page: Page): number { return page.pfn; }",
      "export function end(bio: Bio): number { const pfn = read(bio.page); put(bio.page); return pfn; }",
      "",
    ].join("\n"),
    "sum.ts": [
      'import { alloc, type Page, pin } from "./mm.js";',
      "const pages: Page[] = [];",
      "export function add(): void { pages.push(pin()); }",
      "function pfn_of(page: Page): number { return page.pfn; }",
      "export function all(): number[] { return [pfn_of(alloc()), ...pages.map(pfn_of)]; }",
      "",
    ].join("\n"),
  }),
);

function migration(strategy: Strategy | undefined, more: Partial<Migration> = {}): Migration {
  return {
    base: undefined,
    brand: "UserPage",
    mode: "distinct",
    sources: ["mm.ts#pin"],
    sinks: [],
    releases: [{ plain: "mm.ts#put", branded: "mm.ts#unpin" }],
    ...(strategy === undefined ? {} : { strategy }),
    ...more,
  };
}

function answered(strategy: Strategy | undefined, more?: Partial<Migration>) {
  const project = materialise(files);
  const asked = {
    project: ".",
    workingDirectory: project,
    verify: "sufficient" as const,
    migration: migration(strategy, more),
  };
  const measurement = measure(asked);
  return { measurement, after: afterOf(measurement) };
}

function afterOf({ report }: Measurement): Texts {
  return edited(files, [...report.edits, ...report.conversions]);
}

function lineOf(after: Texts, file: string, start: string): string | undefined {
  return after
    .get(file)
    ?.split("\n")
    .find((line) => line.startsWith(start));
}

describe.each(["distinct", "cut", "rename", "flag", "view", "generic"] as const)("%s", (strategy) => {
  test("gives edits that the compiler accepts", () => {
    const { measurement, after } = answered(strategy, { flag: "mm.ts#is_pinned" });
    expect(measurement.report.verdict?.newDiagnostics).toEqual([]);
    expect(complaints(materialise(after))).toEqual([]);
  });
});

test("distinct makes a union of what mixes, and its release stays plain behind a cast", () => {
  const { after } = answered("distinct");
  expect(lineOf(after, "bio.ts", "export interface Bio")).toBe("export interface Bio { page: Page | UserPage }");
  expect(lineOf(after, "bio.ts", "export function end")).toContain("put(bio.page as Page)");
  expect(lineOf(after, "umem.ts", "export function unreg")).toContain("unpin(umem.page)");
});

test("cut leaves what mixes plain and casts where the brand would enter it", () => {
  const { after } = answered("cut");
  expect(lineOf(after, "bio.ts", "export interface Bio")).toBe("export interface Bio { page: Page }");
  expect(lineOf(after, "bio.ts", "export function direct")).toContain("bio.page = pin() as unknown as Page");
  expect(lineOf(after, "umem.ts", "export function unreg")).toContain("unpin(umem.page)");
});

test("cut casts the list where a function that stays plain is called with its elements", () => {
  const { after } = answered("cut");
  expect(lineOf(after, "sum.ts", "const pages")).toBe("const pages: UserPage[] = [];");
  expect(lineOf(after, "sum.ts", "export function all")).toContain("(pages as unknown as Page[]).map(pfn_of)");
});

test("cut stops where it is told to", () => {
  const { after } = answered("cut", { cuts: ["umem.ts#Umem.page", "bio.ts#Bio.page"] });
  expect(lineOf(after, "umem.ts", "export interface Umem")).toBe("export interface Umem { page: Page }");
  expect(lineOf(after, "umem.ts", "export function reg")).toContain("umem.page = pin() as unknown as Page");
  expect(lineOf(after, "umem.ts", "export function unreg")).toContain("put(umem.page)");
});

test("rename changes names and no type, and tells nothing apart where values mix", () => {
  const { after, measurement } = answered("rename");
  expect(after.get("mm.ts")).toBe(files.get("mm.ts"));
  expect(lineOf(after, "umem.ts", "export function unreg")).toContain("unpin(umem.page)");
  expect(lineOf(after, "bio.ts", "export function end")).toContain("put(bio.page)");
  expect(measurement.report.obstacles.map(({ kind }) => kind)).toContain("mixed-release");
});

test("flag asks at run time where values mix", () => {
  const { after } = answered("flag", { flag: "mm.ts#is_pinned" });
  expect(lineOf(after, "bio.ts", "export function end")).toContain("(is_pinned(bio.page) ? unpin : put)(bio.page)");
  expect(lineOf(after, "bio.ts", "import")).toBe(
    'import { alloc, type Page, pin, put, unpin, is_pinned } from "./mm.js";',
  );
});

describe("flag refuses to ask what is no test of one value", () => {
  const tests: Texts = new Map([
    ...files,
    [
      "tests.ts",
      [
        'import type { Page } from "./mm.js";',
        "export const limit = 3;",
        "export function is_full(): boolean { return false; }",
        "export function is_same(page: Page, other: Page): boolean { return page === other; }",
        "export function is_low(pfn: number): boolean { return pfn < limit; }",
        "export function pins_of(page: Page): number { return page.pins; }",
        "export async function is_written(page: Page): Promise<boolean> { return page.pins > 0; }",
        "export function check(page: Page): asserts page is Page & { pins: 1 } { void page; }",
        "export class Pins { has(page: Page): boolean { return page.pins > 0; } }",
        "export function is_user(page: Page): page is Page & { pins: 1 } { return page.pins === 1; }",
        "export const is_any = (value: unknown, deep = false): boolean => value !== undefined && deep;",
        "export function is_one<P extends Page>(...pages: readonly P[]): boolean { return pages.length === 1; }",
        "",
      ].join("\n"),
    ],
  ]);
  const mend = "name a function that takes one Page and returns a boolean";
  const asked = (flag: string) =>
    measure({
      project: ".",
      workingDirectory: materialise(tests),
      verify: "no",
      migration: migration("flag", { flag: `tests.ts#${flag}` }),
    });

  test.each([
    ["a value", "limit", "limit: no function"],
    ["a function that takes nothing", "is_full", "is_full: it takes nothing"],
    ["a function of two values", "is_same", "is_same: it takes more than one value"],
    ["a function of something else", "is_low", "is_low: it takes number"],
    ["a function that counts", "pins_of", "pins_of: it returns number"],
    ["a function that answers later", "is_written", "is_written: it returns Promise<boolean>"],
    ["a function that throws instead of answering", "check", "check: it returns void"],
    ["a method", "Pins.has", "has: a member, which cannot be asked by its name alone"],
  ])("%s", (_, flag, problem) => {
    expect(() => asked(flag)).toThrow(`--flag ${problem}; ${mend}`);
  });

  test.each(["is_user", "is_any", "is_one"])("but not %s, which takes a page among others or says more", (flag) => {
    const after = edited(tests, asked(flag).report.conversions);
    expect(lineOf(after, "bio.ts", "export function end")).toContain(`(${flag}(bio.page) ? unpin : put)(bio.page)`);
  });
});

test("view gives a reader of both kinds what they have in common", () => {
  const { after } = answered("view");
  expect(lineOf(after, "bio.ts", "export function read")).toContain("read(page: PageView): number");
  expect(lineOf(after, "bio.ts", "export interface Bio")).toBe("export interface Bio { page: Page | UserPage }");
});

test("compared side by side, with what each protects, and why one cannot be had", () => {
  const asked = {
    project: ".",
    workingDirectory: materialise(files),
    verify: "no" as const,
    migration: migration(undefined),
  };
  const { strategies, refused, releases } = compare(study(asked));
  expect(releases).toBe(2);
  expect(strategies.map(({ strategy, protected: some }) => [strategy, some])).toEqual([
    ["distinct", 1],
    ["cut", 1],
    ["rename", 0],
    ["view", 1],
    ["generic", 1],
  ]);
  expect(refused.map(({ strategy, why }) => [strategy, why])).toEqual([
    ["flag", "no function to ask at run time; name it with --flag"],
  ]);
});

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ts } from "ts-morph";
import { afterAll, describe, expect, test } from "vitest";
import { solve } from "../solver/solve.ts";
import { collectFlows } from "../typescript/front-end.ts";
import { loadProject } from "../typescript/project/load.ts";
import { compare } from "./compare.ts";
import { instrument } from "./instrument.ts";
import type { Sightings } from "./point.ts";

const root = mkdtempSync(join(tmpdir(), "userpage-instrument-"));
afterAll(() => rmSync(root, { recursive: true }));

const pages = `export interface Page { pfn: number }
const frames: Page[] = [{ pfn: 0 }, { pfn: 1 }];
export function frame(pfn: number): Page { return frames[pfn] ?? { pfn }; }
export function pin(pfn: number): Page { return frame(pfn); }
export function pinInto(list: Page[]): void { list.push(pin(1)); }
export function put(page: Page): void { last(page); }
export function put_user(page: Page): void { put(page); }
function last(page: Page): void { page.pfn = page.pfn; }
`;
const imports = 'import { frame, type Page, pin, pinInto, put } from "./mm.ts";\n';
const runner = `import "./use.ts";
import { writeFileSync } from "node:fs";
import { sightings } from "./observe/recorder.ts";
writeFileSync("seen.json", JSON.stringify(sightings()));
`;

interface Outcome {
  readonly said: string;
  /** Where a pinned page was seen in use.ts and nowhere else than the engine finds. */
  readonly seen: readonly string[];
  readonly unfound: readonly string[];
}

function play(program: string): Outcome {
  const folder = mkdtempSync(join(root, "program-"));
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  const options = { strict: true, noEmit: true, module: "nodenext", target: "es2023", types: [] };
  write("tsconfig.json", JSON.stringify({ compilerOptions: { ...options, allowImportingTsExtensions: true } }));
  write("package.json", '{ "type": "module" }');
  write("mm.ts", pages);
  write("use.ts", `declare const console: { log(...values: unknown[]): void };\n${imports}${program}`);
  const collected = collectFlows(loadProject("tsconfig.json", folder), question, folder, []);
  const { texts, table } = instrument(collected, folder, join(folder, "observe/recorder.ts"));
  mkdirSync(join(folder, "observe"));
  cpSync(join(import.meta.dirname, "recorder.ts"), join(folder, "observe/recorder.ts"));
  write("observe/points.json", JSON.stringify(table));
  const recorder = readFileSync(join(folder, "observe/recorder.ts"), "utf8");
  for (const [file, text] of [...texts, ["observe/recorder.ts", recorder], ["run.ts", runner]] as const) {
    write(file.replace(/\.ts$/u, ".js"), javaScript(text));
  }
  const said = execFileSync(process.execPath, ["run.js"], { cwd: folder, encoding: "utf8" }).trim();
  const sightings: Sightings = JSON.parse(readFileSync(join(folder, "seen.json"), "utf8"));
  const solution = solve(collected.graph, collected.question);
  const beyond = { graph: collected.graph, reached: new Set<never>(), recovered: new Set<never>() };
  const { observations, unfound, flows } = compare({ table, collected, solution, beyond }, [sightings]);
  const seen = [...observations].flatMap(([position, { pinned }]) => (pinned === undefined ? [] : [position]));
  const ofUse = seen.filter((position) => position.startsWith("use.ts ")).map((position) => position.slice(7));
  return { said, seen: ofUse, unfound: [...unfound, ...flows.unfound] };
}

const question = {
  base: "Page",
  brand: "UserPage",
  mode: "distinct",
  sources: ["mm.ts#pin"],
  sinks: [],
  releases: [{ plain: "mm.ts#put", branded: "mm.ts#put_user" }],
} as const;

function javaScript(text: string): string {
  const { ESNext: module } = ts.ModuleKind;
  const compilerOptions = { module, target: ts.ScriptTarget.ES2022, rewriteRelativeImportExtensions: true };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

function seenIn(program: string): readonly string[] {
  const { seen, unfound } = play(program);
  expect(unfound).toEqual([]);
  return seen;
}

describe("a pinned page is seen", () => {
  test("wherever its reference goes, and not where another reference to the same page goes", () => {
    expect(
      seenIn(`const held = pin(1);
const other = frame(1);
function show(page: Page): number { return page.pfn; }
function look(page: Page): number { return page.pfn; }
show(held);
look(other);
look(frame(held.pfn));`),
    ).toEqual(["held", "show().(page)"]);
  });

  test("in a list that is filled later, under every name that the list has", () => {
    expect(
      seenIn(`interface Dio { pages: Page[] }
const list: Page[] = [];
const dio: Dio = { pages: list };
const lent: readonly Page[] = dio.pages;
pinInto(list);
const first = lent[0];`),
    ).toEqual(["list.[]", "Dio#pages.[]", "lent.[]", "first"]);
  });

  test("in a member, in a callback's parameter, in what a pattern takes apart, in a map", () => {
    expect(
      seenIn(`interface Bio { page: Page | null; end: (page: Page) => void }
const bio: Bio = { page: null, end: (page) => put(page) };
bio.page = pin(1);
if (bio.page !== null) bio.end(bio.page);
const { page } = bio;
const kept = new Map<number, Page>();
if (page !== null) kept.set(page.pfn, page);
for (const [, value] of kept) put(value);`),
    ).toEqual([
      "bio/end().(page)",
      "Bio#page",
      "Bio#end.(page)",
      "{ page }/page",
      "kept.<1>",
      "kept/new Map.<1>",
      "[, value]/value",
    ]);
  });

  test("up to its release, and not in what the release does", () => {
    expect(play("const held = pin(1); put(held); const again = frame(1);").seen).toEqual(["held"]);
  });
});

describe("the program does what it did", () => {
  test("pages are compared by what they are, however they came", () => {
    const { said } = play(`const held = pin(1);
const plain = [frame(0), frame(1)];
const byPage = new Map<Page, string>([[frame(1), "one"]]);
console.log(held === frame(1), held !== frame(0), plain.includes(held), plain.indexOf(held), byPage.get(held));`);
    expect(said).toBe("true true true 1 one");
  });

  test("optional chains, branches, spreads and receivers that are calls keep their meaning", () => {
    const { said, unfound } = play(`interface Holder { page: Page; list: Page[] }
const maybe = (isThere: boolean): Holder | undefined => (isThere ? { page: pin(1), list: [frame(0)] } : undefined);
const none = maybe(false);
const some = maybe(true);
const listOf = (holder: Holder | undefined): Page[] => holder?.list ?? [];
listOf(some).push(pin(1), ...listOf(some));
console.log(none?.page.pfn, some?.page.pfn, (none ?? some)?.list.length, listOf(none).length, listOf(some).map((each) => each.pfn).join());`);
    expect(said).toBe("undefined 1 3 0 0,1,0");
    expect(unfound).toEqual([]);
  });
});

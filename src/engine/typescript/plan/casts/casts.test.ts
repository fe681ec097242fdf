import { afterAll, expect, test } from "vitest";
import { cleanUp, tsconfigWith } from "../../../fixtures/fixture.ts";
import { type Files, rewrite } from "../../../fixtures/rewrite.ts";

afterAll(cleanUp);

const ids = `export declare function createId(): string;
export function load(id: string): void { void id; }
export function all(ids: readonly string[]): void { void ids; }
declare global { var row: { id: string }; var maybe: string | undefined; var other: string | undefined; var none: string | null; }
`;
const question = { base: "string", sources: ["ids.ts#createId"], sinks: ["ids.ts#load(id)", "ids.ts#all(ids)"] };

// What stands in the project, and what becomes of it.
function castsIn(file: string, lines: readonly (readonly [string, string])[], more: Files = {}): void {
  const head = 'import { all, createId, load } from "./ids.ts";';
  const before = [head, ...lines.map(([line]) => line), ""].join("\n");
  const { files, complaints } = rewrite({ "ids.ts": ids, ...more, [file]: before }, question);
  const withoutImports = (files[file] ?? before).split("\n").filter((line) => !line.startsWith("import "));
  expect(withoutImports.slice(0, -1)).toEqual(lines.map(([, line]) => line));
  expect(complaints).toEqual([]);
}

test("a cast stands where it asserts the whole value", () => {
  castsIn("use.ts", [
    ['load("a");', 'load("a" as UserId);'],
    ['load("a" + 1);', 'load(("a" + 1) as UserId);'],
    [`load(\`a\${1}\`);`, `load(\`a\${1}\` as UserId);`],
    ["load(row.id);", "load(row.id as UserId);"],
    ['load("a" as const);', 'load("a" as UserId);'],
    ['load("a" satisfies string);', 'load("a" satisfies string as UserId);'],
    ["load(maybe!);", "load(maybe! as UserId);"],
    ['load(maybe ? "a" : "b");', 'load((maybe ? "a" : "b") as UserId);'],
    ['load(other ?? "b");', 'load((other ?? "b") as UserId);'],
    ["load(none ?? createId());", "load((none as UserId | null) ?? createId());"],
    ['load((void 0, "b"));', 'load((void 0, ("b" as UserId)));'],
    ["load(new String().toString());", "load(new String().toString() as UserId);"],
    ["load(typeof row);", "load(typeof row as UserId);"],
  ]);
});

test("a cast stands inside literals, spreads, awaits and yields", () => {
  castsIn("use.ts", [
    ['all(["a", row.id]);', 'all(["a" as UserId, row.id as UserId]);'],
    [
      'async function one() { load(await Promise.resolve("a")); }',
      'async function one() { load(await Promise.resolve("a") as UserId); }',
    ],
    [
      "function* two(): Generator<number, void, string> { load(yield 1); }",
      "function* two(): Generator<number, void, string> { load((yield 1) as UserId); }",
    ],
    ["export { one, two };", "export { one, two };"],
  ]);
});

test("what keeps its type is cast where it is used, though only branded values come to it", () => {
  castsIn("use.ts", [
    ["declare const rows: Map<string, string>;", "declare const rows: Map<string, UserId>;"],
    ['load(rows.get("a")!);', 'load(rows.get("a")!);'],
    ['load(rows.get("b")!);', 'load(rows.get("b")!);'],
    ['const first: string = rows.get("c")!;', 'const first: string = rows.get("c")!;'],
    ["load(first);", "load(first as UserId);"],
  ]);
});

test("a cast that begins a statement is kept apart from the one before, where no semicolon is", () => {
  castsIn("use.ts", [
    ['const ids = "a b".split(" ")', 'const ids = "a b".split(" ")'],
    ["ids.forEach(load)", ";(ids as UserId[]).forEach(load)"],
    ["if (ids) { ids.some(String) }", "if (ids) { ids.some(String) }"],
    ["ids.forEach(load);", "(ids as UserId[]).forEach(load);"],
    ["ids.forEach(load)", "(ids as UserId[]).forEach(load)"],
  ]);
});

test("a short property is written out, and one that is assigned to stays", () => {
  const sinks = `${ids}export interface Row { id: string }
export declare const rows: Row[];
for (const row of rows) load(row.id);
`;
  const use = `import { rows } from "./ids.ts";
let id: string = "a" + 1;
rows.push({ id });
({ id } = { id: id + 1 });
`;
  const { files } = rewrite({ "ids.ts": sinks, "use.ts": use }, { ...question, sinks: ["ids.ts#Row.id"] });
  expect(files["use.ts"]).toContain("rows.push({ id: id as UserId });");
  expect(files["use.ts"]).toContain("({ id } = { id: id + 1 });");
});

test("a function is asserted in parentheses, with what changes inside it", () => {
  const work = `export type Work = (id: number) => string;
export declare function timed(): Work;
export declare function queue(work: Work): void;
`;
  const use = `import { queue, timed, type Work } from "./work.ts";
queue(timed());
queue((id) => id.toFixed());
queue(() => {
  const inner: Work = timed();
  return inner(1);
});
`;
  const { files, complaints } = rewrite(
    { "work.ts": work, "use.ts": use },
    { brand: "TimedWork", mode: "distinct", sources: ["work.ts#timed"], sinks: ["work.ts#queue(work)"] },
  );
  expect(files["use.ts"]).toContain("queue(((id) => id.toFixed()) as Work as unknown as TimedWork);");
  expect(files["use.ts"]).toContain(
    "  const inner: TimedWork = timed();\n  return inner(1);\n}) as unknown as TimedWork);",
  );
  expect(complaints).toEqual([]);
});

test("an element's attribute gets braces, and its entities become a string's", () => {
  const jsx = `declare global { namespace JSX { interface Element {} interface ElementChildrenAttribute { children: unknown } } }
declare const React: { createElement(...all: unknown[]): JSX.Element };
export function User(props: { id: string }): JSX.Element { load(props.id); return <User {...props} />; }
`;
  const use = `import { load } from "./ids.ts";
${jsx}export const all = [<User id="a" />, <User id='b&amp;"c"' />, <User id={"d"} />, <User {...{ id: "e" }} />];
`;
  const { files, complaints } = rewrite(
    { "ids.ts": ids, "use.tsx": use },
    { ...question, sinks: ["use.tsx#User(props)"], sources: ["ids.ts#createId"], base: "string" },
  );
  expect(files["use.tsx"]).toContain('<User id={"a" as UserId} />');
  expect(files["use.tsx"]).toContain('<User id={"b&\\"c\\"" as UserId} />');
  expect(files["use.tsx"]).toContain('<User id={"d" as UserId} />');
  expect(files["use.tsx"]).toContain('<User {...{ id: "e" as UserId }} />');
  expect(complaints).toEqual([]);
});

test("a JavaScript file gets its assertions in comments", () => {
  const use = 'import { load } from "./ids.ts";\nload("a");\n';
  const tsconfig = tsconfigWith({ allowJs: true, checkJs: true });
  const { files, complaints } = rewrite({ "ids.ts": ids, "use.js": use, "tsconfig.json": tsconfig }, question);
  expect(files["use.js"]).toBe(use.replace('"a"', '/** @type {import("./ids.ts").UserId} */ ("a")'));
  expect(complaints).toEqual([]);
});

test("a container is asserted with names that its file can write", () => {
  const held = `import { createId } from "./ids.ts";
export interface Held { readonly by: string }
export function hold(held: ReadonlyMap<string, Held>): void { void held; }
hold(new Map([[createId(), { by: "x" }]]));
`;
  const use = `import { hold } from "./held.ts";
export function again(held: Parameters<typeof hold>[0]): void { hold(held); }
declare const other: Map<string, { by: string }>;
hold(other);
`;
  const { files, complaints } = rewrite(
    { "ids.ts": ids, "held.ts": held, "use.ts": use },
    { ...question, sinks: ["held.ts#hold(held)"] },
  );
  expect(files["use.ts"]).not.toMatch(/import\("\//);
  expect(complaints).toEqual([]);
});

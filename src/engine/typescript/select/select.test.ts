import { ts } from "ts-morph";
import { expect, test } from "vitest";
import { InputError } from "../../input-error.ts";
import { type SelectionScope, select, selectValues } from "./select.ts";

function scopeOf(files: Readonly<Record<string, string>>): SelectionScope {
  const made = Object.entries(files).map(([path, text]) =>
    ts.createSourceFile(`/project/${path}`, text, ts.ScriptTarget.Latest, true),
  );
  return { files: made, root: "/project", workingDirectory: "/project" };
}

const text = `
export namespace mm { export namespace gup { export function pin(page: number): string { return ""; } } }
export class Pool {
  constructor(private readonly size: number) {}
  static open(): string { return ""; }
  open(): number { return 0; }
  get first(): string { return ""; }
  set first(value: string) {}
  #taken = 0;
  "quoted-name" = 1;
  [Symbol.iterator](): bigint { return 0n; }
}
export function outer() { function inner(): boolean { return true; } return inner; }
function other() { function inner(): number { return 1; } return inner; }
export const pool = Object.freeze({ take(id: string): void {}, nested: { give: (id: number): void => {} } } as const);
export type Handler = (event: string) => void;
export type Both = { left: string } & { right: number };
export type Frozen = Partial<Readonly<{ seat: bigint }>>;
export type Id = string;
export const Id = (id: string): Id => id;
export function taken({ id, count: size }: { id: string; count: number }, { part }: Whole, [first]: string[], [, second]: readonly [number, second: bigint], [third]: Whole): void {}
export function makeApi(name: string) { const hidden = 1; return { load(id: string): void {}, name, put: (id: bigint): void => {} }; }
export const makeOther = () => { const api = { drop(id: number): void {} } as const; return Object.freeze(api); };
export const nextId = (() => { let n = 0; return (by: number): string => String((n += by)); })();
export const counted = other();
export const typed: () => bigint = other();
export const api = makeApi("api");
export default () => outer;
export { other as another };
`;
const scope = scopeOf({
  "a.ts": text,
  "b.ts": "export function outer() {}\nexport default class { take(): void {} }\n",
});

function textsOf(selector: string): readonly string[] {
  return select(selector, scope).map(({ declaration, annotation }) => annotation?.getText() ?? declaration.getText());
}

test.each([
  ["a.ts#mm.gup.pin", ["string"]],
  ["a.ts#mm.gup.pin(page)", ["number"]],
  ["a.ts#Pool.static.open", ["string"]],
  ["a.ts#Pool.prototype.open", ["number"]],
  ["a.ts#Pool.first", ["string", "string"]],
  ["a.ts#Pool(size)", ["number"]],
  ["a.ts#Pool.constructor(size)", ["number"]],
  ["a.ts#Pool.size", ["number"]],
  ["a.ts#Pool.#taken", ["#taken = 0;"]],
  ['a.ts#Pool."quoted-name"', ['"quoted-name" = 1;']],
  ["a.ts#Pool.[Symbol.iterator]", ["bigint"]],
  ["a.ts#Frozen.seat", ["bigint"]],
  ["a.ts#outer.inner", ["boolean"]],
  ["a.ts#other.inner", ["number"]],
  ["a.ts#another", ["function other() { function inner(): number { return 1; } return inner; }"]],
  ["a.ts#pool.take(id)", ["string"]],
  ["a.ts#pool.nested.give(id)", ["number"]],
  ["a.ts#Handler(event)", ["string"]],
  ["a.ts#taken(id)", ["string"]],
  ["a.ts#taken(size)", ["number"]],
  ["a.ts#taken(first)", ["string"]],
  ["a.ts#taken(second)", ["bigint"]],
  ["a.ts#makeApi.hidden", ["hidden = 1"]],
  ["a.ts#makeApi.load(id)", ["string"]],
  ["a.ts#makeApi.put(id)", ["bigint"]],
  ["a.ts#makeOther.drop(id)", ["number"]],
  ["a.ts#nextId", ["string"]],
  ["a.ts#nextId(by)", ["number"]],
  ["a.ts#counted", ["number"]],
  ["a.ts#typed", ["() => bigint"]],
  ["a.ts#api.load(id)", ["string"]],
  ["a.ts#api.name", ["name"]],
  ["a.ts#Both.right", ["number"]],
  ["a.ts#default", ["() => outer"]],
  ["b.ts#default.take", ["void"]],
] as const)("%s", (selector, expected) => {
  expect(textsOf(selector)).toEqual(expected);
});

test("where a type and a value go by one name, the value produces", () => {
  expect(selectValues("a.ts#Id", scope).map(({ declaration }) => declaration.getText())).toEqual([
    "(id: string): Id => id",
  ]);
});

test.each([
  ["outer", "outer: ambiguous; write a.ts#outer or b.ts#outer"],
  ["a.ts#inner", "a.ts#inner: ambiguous; write a.ts#outer.inner or a.ts#other.inner"],
  [
    "a.ts#Pool.open",
    "a.ts#Pool.open: one member of that name is static and one is not; write a.ts#Pool.static.open or a.ts#Pool.prototype.open",
  ],
  ["a.ts#Pool.opener", "a.ts#Pool.opener: Pool has no member opener; did you mean open?"],
  ["a.ts#Both.top", "a.ts#Both.top: Both has no member top"],
  ["a.ts#outerr", "a.ts#outerr: a.ts declares no outerr; did you mean outer?"],
  ["a.ts#pool.take(it)", "a.ts#pool.take(it): take has no parameter it; it has id"],
  ["a.ts#taken(part)", "a.ts#taken(part): part is taken from { part }; name file.ts#Whole.part"],
  ["a.ts#taken(third)", "a.ts#taken(third): third is taken from [third]; name what it is taken from"],
  ["a.ts#makeApi.loaded", "a.ts#makeApi.loaded: makeApi has no member loaded; did you mean load?"],
  ["c.ts#outer", "c.ts#outer: the project has no file c.ts"],
  ["nobody", "nobody: nothing in the project is called nobody; name its file too: file.ts#nobody"],
  ["a.ts", "a.ts: a file; write a.ts#name for what is declared in it"],
  ["a.ts#", "a.ts#: not a selector; write file.ts#name, file.ts#Class.member or file.ts#function(parameter)"],
])("%s is refused", (selector, message) => {
  expect(() => select(selector, scope)).toThrow(new InputError(message));
});

import { type Foundation, foundations } from "./foundation.ts";
import type { Binding, Expectation, Recipe } from "./program.ts";
import type { Filling, Shape } from "./template.ts";

/** A container that the value is in at the moment. */
export interface Layer {
  readonly shape: Shape;
  /** What stands inside, and a plain one of it. */
  readonly type: string;
  readonly plain: string;
}

/** A program half written. */
export interface Draft {
  readonly recipe: Recipe;
  readonly foundation: Foundation;
  readonly tops: Map<string, string[]>;
  readonly bodies: Map<string, string[]>;
  readonly closers: string[];
  readonly layers: Layer[];
  readonly expectations: Expectation[];
  readonly constructs: string[];
  file: string;
  value: string;
  type: string;
  plain: string;
  ordinal: number;
  /** Do plain values join the value? */
  isMixed: boolean;
  /** Does a plain value meet a branded one anywhere? */
  meetsPlain: boolean;
}

/** The files of a program, beside the one that its base is declared in. */
export const fileNames = ["use.ts", "other.ts", "third.ts"];

/** A program that has nothing but its producer. */
export function begin(recipe: Recipe): Draft {
  const foundation = foundations[recipe.base];
  return {
    recipe,
    foundation,
    tops: new Map(),
    bodies: new Map([["use.ts", ["export async function run(): Promise<void> {"]]]),
    closers: ["}"],
    layers: [],
    expectations: [],
    constructs: [],
    file: "use.ts",
    value: foundation.produce,
    type: foundation.type,
    plain: foundation.plain[0] ?? "",
    ordinal: 0,
    isMixed: false,
    meetsPlain: false,
  };
}

/** What fills the holes of a template here; `shape` is the type of the container it makes. */
export function fillingOf(draft: Draft, shape: string): Filling {
  const { type, value, plain, ordinal } = draft;
  return { type, shape, value, plain, ordinal };
}

/** Gives the value a name, so that it can stand in several places. */
export function bind(draft: Draft, binding: Binding, type: string): void {
  if (/^\w+$/.test(draft.value) && binding !== "written") return;
  const name = `value${draft.ordinal}`;
  line(draft, `const ${name}${binding === "written" ? `: ${type}` : ""} = ${draft.value};`);
  draft.value = name;
}

/** Puts a declaration to the top of a file. */
export function top(draft: Draft, file: number, text: string): void {
  const name = fileOf(file);
  draft.tops.set(name, [...(draft.tops.get(name) ?? []), text]);
}

/** Puts a statement to where the program goes on. */
export function line(draft: Draft, text: string): void {
  bodyOf(draft).push(`${"  ".repeat(draft.closers.length)}${text}`);
}

/** The statements of the file where the program goes on. */
export function bodyOf(draft: Draft): string[] {
  const body = draft.bodies.get(draft.file) ?? [];
  draft.bodies.set(draft.file, body);
  return body;
}

/** Ends all open blocks. */
export function closeAll(draft: Draft): void {
  while (draft.closers.length > 0) {
    const close = draft.closers.pop() ?? "";
    line(draft, close);
  }
}

/** The file that a number stands for. */
export function fileOf(file: number): string {
  return fileNames[file % fileNames.length] ?? "use.ts";
}

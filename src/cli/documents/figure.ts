import { answerTo } from "./answers.ts";
import { linux } from "./linux.ts";
import { mistakeCounts } from "./mistakes.ts";

/**
 * What a figure's key stands for: a path such as `main.churn.edits` into the answers, the facts on Linux or the table of
 * mistakes, in which `[kind=x]` keeps the items whose field has that value, and `first` and `last` are those of a list;
 * several paths joined by ` + ` or ` - `; or `100 * a / b`, a share in whole per cent.
 */
export function figureAt(key: string): string {
  const [, some, all] = /^100 \* (.+) \/ (.+)$/u.exec(key) ?? [];
  if (some !== undefined && all !== undefined) return `${Math.round((100 * numberAt(some)) / numberAt(all))}`;
  const terms = [...key.matchAll(/(?:^| (?<sign>[+-]) )(?<path>.+?)(?= [+-] |$)/gu)];
  const [only] = terms;
  if (terms.length === 1 && only !== undefined) return `${valueAt(key)}`;
  return `${terms.reduce((sum, { groups }) => sum + signed(groups?.path ?? "", groups?.sign), 0)}`;
}

function signed(path: string, sign: string | undefined): number {
  return sign === "-" ? -numberAt(path) : numberAt(path);
}

function numberAt(path: string): number {
  const value = valueAt(path);
  if (typeof value === "number") return value;
  throw new Error(`${path} is no number`);
}

function valueAt(path: string): number | string {
  const [root = "", ...rest] = path.split(".");
  const steps = [...rest.join(".").matchAll(/\[(?<field>\w+)=(?<wanted>[^\]]*)\]|(?<name>\w+)/gu)];
  const from = fromRoot(root);
  const value = steps.reduce((at: unknown, { groups }) => stepInto(at, groups ?? {}), from);
  if (typeof value === "number" || typeof value === "string") return value;
  throw new Error(`${path} is no figure of the answers; name a path such as main.churn.edits`);
}

function fromRoot(root: string): unknown {
  if (root === "linux") return linux;
  return root === "mistakes" ? mistakeCounts() : answerTo(root);
}

// A field of what a filter kept is that of the only item, unless the list itself has it.
function stepInto(at: unknown, { field, wanted, name }: Readonly<Record<string, string | undefined>>): unknown {
  if (field !== undefined && Array.isArray(at)) return at.filter((item) => `${fieldOf(item, field)}` === wanted);
  if (name === undefined) return undefined;
  if (Array.isArray(at) && (name === "first" || name === "last")) return at.at(name === "first" ? 0 : -1);
  const own = fieldOf(at, name);
  return own === undefined && Array.isArray(at) && at.length === 1 ? fieldOf(at[0], name) : own;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

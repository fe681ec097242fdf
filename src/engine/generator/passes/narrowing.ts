import type { Template } from "../template.ts";

/** Through a test that narrows the type. */
export const narrowing: readonly Template[] = [
  {
    name: "discriminated-union",
    top: "export type Result@n = { readonly ok: true; readonly value: @T } | { readonly ok: false };",
    body: "const result@n: Result@n = flag() ? { ok: true, value: @v } : { ok: false };\nif (result@n.ok) {",
    close: "}",
    result: "result@n.value",
  },
  {
    name: "discriminated-switch",
    top: 'export type Event@n = { readonly kind: "full"; readonly value: @T } | { readonly kind: "empty"; readonly count: number };\nexport function event@n(event: Event@n): @T | undefined {\n  switch (event.kind) {\n    case "full":\n      return event.value;\n    case "empty":\n      return undefined;\n  }\n}',
    result: 'event@n({ kind: "full", value: @v })!',
  },
  {
    name: "undefined-narrowing",
    top: "export function maybe@n(value: @T): @T | undefined {\n  return flag() ? value : undefined;\n}",
    body: "const narrowed@n = maybe@n(@v);\nif (narrowed@n !== undefined) {",
    close: "}",
    result: "narrowed@n",
  },
  {
    name: "typeof-narrowing",
    top: "export function numbered@n(value: @T): @T | number {\n  return flag() ? value : 1;\n}",
    body: 'const narrowed@n = numbered@n(@v);\nif (typeof narrowed@n !== "number") {',
    close: "}",
    result: "narrowed@n",
  },
  {
    name: "in-narrowing",
    top: "export type Either@n = { readonly value: @T } | { readonly count: number };",
    body: 'const either@n = { value: @v } as Either@n;\nif ("value" in either@n) {',
    close: "}",
    result: "either@n.value",
  },
  {
    name: "instanceof-narrowing",
    top: "export class Hold@n {\n  constructor(readonly value: @T) {}\n}\nexport function hold@n(value: @T): Hold@n | Error {\n  return new Hold@n(value);\n}",
    body: "const held@n = hold@n(@v);\nif (held@n instanceof Hold@n) {",
    close: "}",
    result: "held@n.value",
  },
  {
    name: "predicate",
    gap: { within: "nullable", fixture: "gap-nullable-predicate" },
    top: "export function is@n(value: @T | undefined): value is @T {\n  return value !== undefined;\n}",
    body: "const perhaps@n: @T | undefined = flag() ? @v : undefined;\nif (is@n(perhaps@n)) {",
    close: "}",
    result: "perhaps@n",
  },
  {
    name: "generic-predicate",
    top: "export function some@n<A>(value: A | undefined): value is A {\n  return value !== undefined;\n}",
    body: "const perhaps@n = flag() ? @v : undefined;\nif (some@n(perhaps@n)) {",
    close: "}",
    result: "perhaps@n",
  },
  {
    name: "assertion-function",
    gap: { within: "nullable", fixture: "gap-nullable-predicate" },
    top: "export function ensure@n(value: @T | undefined): asserts value is @T {\n  if (value === undefined) throw new Error();\n}",
    body: "const perhaps@n: @T | undefined = flag() ? @v : undefined;\nensure@n(perhaps@n);",
    result: "perhaps@n",
  },
  {
    name: "early-return",
    top: "export function sure@n(value: @T | undefined): @T {\n  if (value === undefined) throw new Error();\n  return value;\n}",
    result: "sure@n(@v)",
  },
];

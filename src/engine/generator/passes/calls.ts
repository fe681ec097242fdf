import type { Template } from "../template.ts";

/** By a call: arguments, returns, generators, overloads. */
export const calls: readonly Template[] = [
  { name: "call-argument", top: "export function pass@n(value: @T): @T {\n  return value;\n}", result: "pass@n(@v)" },
  { name: "inferred-return", top: "export function pass@n(value: @T) {\n  return value;\n}", result: "pass@n(@v)" },
  { name: "arrow-return", top: "export const pass@n = (value: @T): @T => value;", result: "pass@n(@v)" },
  {
    name: "function-expression",
    top: "export const pass@n = function (value: @T) {\n  return value;\n};",
    result: "pass@n(@v)",
  },
  { name: "immediate-call", result: "((value: @T): @T => value)(@v)" },
  { name: "immediate-inferred", result: "((value: @T) => value)(@v)" },
  {
    name: "rest-parameter",
    top: "export function rest@n(...values: @T[]): @T | undefined {\n  return values[0];\n}",
    result: "rest@n(@v)!",
  },
  {
    name: "rest-tuple",
    top: "export function rest@n(...[count, value]: [count: number, value: @T]): @T {\n  void count;\n  return value;\n}",
    result: "rest@n(1, @v)",
  },
  {
    name: "spread-argument",
    top: "export function rest@n(...values: readonly @T[]): @T {\n  return values[0]!;\n}",
    result: "rest@n(...[@v])",
  },
  {
    name: "spread-tuple",
    top: "export function second@n(count: number, value: @T): @T {\n  void count;\n  return value;\n}",
    body: "const list@n: [number, @T] = [1, @v];",
    result: "second@n(...list@n)",
  },
  {
    name: "optional-parameter",
    top: "export function optional@n(value?: @T): @T | undefined {\n  return value;\n}",
    result: "optional@n(@v)!",
  },
  {
    name: "default-parameter",
    top: "export function preset@n(value: @T = @P): @T {\n  return value;\n}",
    result: "preset@n(@v)",
    mixes: true,
  },
  {
    name: "tagged-template",
    top: "export function tag@n(parts: TemplateStringsArray, ...values: @T[]): @T {\n  void parts;\n  return values[0]!;\n}",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a program's template, not one of this file
    result: "tag@n`<${@v}>`",
  },
  {
    name: "destructured-parameter",
    top: "export function open@n({ value }: { readonly value: @T }): @T {\n  return value;\n}",
    result: "open@n({ value: @v })",
  },
  {
    name: "destructured-array-parameter",
    top: "export function open@n([value]: readonly [@T]): @T {\n  return value;\n}",
    result: "open@n([@v])",
  },
  {
    name: "async-function",
    top: "export async function later@n(value: @T): Promise<@T> {\n  return value;\n}",
    result: "(await later@n(@v))",
    awaits: true,
  },
  {
    name: "async-inferred",
    top: "export async function later@n(value: @T) {\n  return await value;\n}",
    result: "(await later@n(@v))",
    awaits: true,
  },
  {
    name: "generator",
    top: "export function* give@n(value: @T): Generator<@T> {\n  yield value;\n}",
    body: "for (const item@n of give@n(@v)) {",
    close: "}",
    result: "item@n",
  },
  {
    name: "generator-inferred",
    top: "export function* give@n(value: @T) {\n  yield value;\n}",
    body: "for (const item@n of give@n(@v)) {",
    close: "}",
    result: "item@n",
  },
  {
    name: "yield-delegation",
    top: "export function* all@n(value: @T): Generator<@T> {\n  yield* [value];\n}",
    result: "[...all@n(@v)][0]!",
  },
  {
    name: "generator-return",
    top: "export function* give@n(value: @T): Generator<number, @T> {\n  yield 1;\n  return value;\n}\nexport function* run@n(value: @T): Generator<number, @T> {\n  const given = yield* give@n(value);\n  return given;\n}",
    body: "const step@n = run@n(@v).next();\nif (step@n.done) {",
    close: "}",
    result: "step@n.value",
  },
  {
    name: "generator-next",
    top: "export function* take@n(sink: (value: @T) => void): Generator<number, void, @T> {\n  const given = yield 1;\n  sink(given);\n}",
    body: "const taken@n: @T[] = [];\ntake@n((value) => {\n  taken@n.push(value);\n}).next(@v);",
    result: "taken@n[0]!",
  },
  {
    name: "async-generator",
    top: "export async function* stream@n(value: @T): AsyncGenerator<@T> {\n  yield value;\n}",
    body: "for await (const item@n of stream@n(@v)) {",
    close: "}",
    result: "item@n",
    awaits: true,
  },
  {
    name: "overload",
    top: "export function over@n(value: @T): @T;\nexport function over@n(value: number): number;\nexport function over@n(value: @T | number): @T | number {\n  return value;\n}",
    result: "over@n(@v)",
  },
  {
    name: "overload-method",
    top: "export class Over@n {\n  take(value: @T): @T;\n  take(value: number, count: number): number;\n  take(value: @T | number): @T | number {\n    return value;\n  }\n}",
    result: "new Over@n().take(@v)",
  },
];

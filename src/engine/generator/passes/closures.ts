import type { Template } from "../template.ts";

/** Through closures and functions that are passed on. */
export const closures: readonly Template[] = [
  { name: "closure", body: "const kept@n = @v;\nconst read@n = (): @T => kept@n;", result: "read@n()" },
  { name: "closure-inferred", body: "const kept@n = @v;\nconst read@n = () => kept@n;", result: "read@n()" },
  {
    name: "closure-write",
    body: "let kept@n: @T | undefined;\nconst write@n = (value: @T) => {\n  kept@n = value;\n};\nwrite@n(@v);\nconst read@n = (): @T | undefined => kept@n;",
    result: "read@n()!",
  },
  { name: "function-value", body: "const through@n: (value: @T) => @T = (value) => value;", result: "through@n(@v)" },
  {
    name: "function-type-alias",
    top: "export type Through@n = (value: @T) => @T;",
    body: "const through@n: Through@n = (value) => value;",
    result: "through@n(@v)",
  },
  {
    name: "higher-order",
    top: "export function maker@n(): (value: @T) => @T {\n  return (value) => value;\n}",
    result: "maker@n()(@v)",
  },
  {
    name: "curried",
    top: "export function curried@n(count: number): (value: @T) => @T;\nexport function curried@n(count: number) {\n  return (value: @T): @T => (count > 0 ? value : value);\n}",
    result: "curried@n(1)(@v)",
  },
  {
    name: "callbacks",
    top: "export function apply@n(value: @T, use: (value: @T) => @T): @T {\n  return use(value);\n}",
    result: "apply@n(@v, (value) => value)",
  },
  {
    name: "callback-block",
    top: "export function handOver@n(value: @T, use: (value: @T) => void): void {\n  use(value);\n}",
    body: "handOver@n(@v, async (handed@n) => {",
    close: "});",
    result: "handed@n",
  },
  {
    name: "callback-written",
    top: "export function handOver@n(value: @T, use: (value: @T) => void): void {\n  use(value);\n}",
    body: "handOver@n(@v, async (handed@n: @T) => {",
    close: "});",
    result: "handed@n",
  },
  {
    name: "callback-option",
    top: "export interface Options@n {\n  readonly done?: (value: @T) => void;\n}\nexport function finish@n(value: @T, options: Options@n): void {\n  options.done?.(value);\n}",
    body: "finish@n(@v, { done: async (handed@n) => {",
    close: "} });",
    result: "handed@n",
  },
  {
    name: "callback-method",
    top: "export interface Handler@n {\n  handle(value: @T): void;\n}\nexport function handle@n(handler: Handler@n, value: @T): void {\n  handler.handle(value);\n}",
    body: "const handled@n: @T[] = [];\nhandle@n({ handle(value) { handled@n.push(value); } }, @v);",
    result: "handled@n[0]!",
  },
  {
    name: "labelled-loop",
    body: "for (let current@n: @T | undefined = @v; current@n !== undefined; current@n = undefined) {\n  const now@n = current@n;",
    close: "}",
    result: "now@n",
  },
  {
    name: "get-or-create",
    top: 'export const cache@n = new Map<string, @T>();\nexport function cached@n(make: () => @T): @T {\n  const found = cache@n.get("key");\n  if (found !== undefined) return found;\n  const made = make();\n  cache@n.set("key", made);\n  return made;\n}',
    body: "const kept@n = @v;",
    result: "cached@n(() => kept@n)",
  },
  {
    name: "get-or-nullish",
    top: 'export function recall@n(cache: Map<string, @T>, make: () => @T): @T {\n  return cache.get("key") ?? make();\n}',
    body: "const kept@n = @v;",
    result: 'recall@n(new Map([["key", kept@n]]), () => kept@n)',
  },
];

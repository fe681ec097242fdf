import { type Shape, way } from "../template.ts";

/** What gives the value later, many times or not at all. */
export const deferred: readonly Shape[] = [
  {
    name: "promise",
    type: "Promise<@T>",
    plain: "Promise.resolve(@P)",
    wraps: [
      way("promise-resolve", "Promise.resolve(@v)", { awaits: true }),
      way("promise-new", "promise@n", {
        body: "const kept@n = @v;\nconst promise@n = new Promise<@T>((resolve) => resolve(kept@n));",
        awaits: true,
      }),
      way("promise-async", "later@n()", {
        body: "const kept@n = @v;\nconst later@n = async () => kept@n;",
        awaits: true,
      }),
      way("promise-written", "later@n(@v)", {
        top: "export async function later@n(value: @T): Promise<@T> {\n  return value;\n}",
        awaits: true,
      }),
      way("promise-then", "Promise.resolve(1).then(() => kept@n)", { body: "const kept@n = @v;", awaits: true }),
      way("promise-catch", "Promise.resolve(kept@n).catch(() => kept@n)", { body: "const kept@n = @v;", awaits: true }),
    ],
    unwraps: [
      way("await", "(await @v)"),
      way("promise-then-block", "then@n", { body: "await @v.then(async (then@n) => {", close: "});" }),
      way("promise-then-same", "(await @v.then((value) => value))"),
      way("promise-all", "(await Promise.all([@v]))[0]"),
      way("promise-race", "(await Promise.race([@v]))"),
      way("promise-all-settled", "settled@n.value", {
        body: 'const [settled@n] = await Promise.allSettled([@v]);\nif (settled@n.status === "fulfilled") {',
        close: "}",
      }),
      way("promise-parameter", "(await wait@n(@v))", {
        top: "export async function wait@n(promise: Promise<@T>): Promise<@T> {\n  return await promise;\n}",
      }),
      way("promise-returned", "(await wait@n(@v))", {
        top: "export function wait@n(promise: PromiseLike<@T>): PromiseLike<@T> {\n  return promise;\n}",
      }),
    ],
  },
  {
    name: "thunk",
    type: "() => @T",
    plain: "(() => @P)",
    wraps: [
      way("thunk-inferred", "(() => kept@n)", { body: "const kept@n = @v;" }),
      way("thunk-written", "thunk@n", { body: "const kept@n = @v;\nconst thunk@n: () => @T = () => kept@n;" }),
      way("thunk-returned", "thunk@n(@v)", {
        top: "export function thunk@n(value: @T): () => @T {\n  return () => value;\n}",
      }),
    ],
    unwraps: [
      way("thunk-call", "@v()"),
      way("thunk-parameter", "run@n(@v)", {
        top: "export function run@n(thunk: () => @T): @T {\n  return thunk();\n}",
      }),
      way("thunk-generic", "run@n(@v)", { top: "export function run@n<A>(thunk: () => A): A {\n  return thunk();\n}" }),
    ],
  },
  {
    name: "iterable",
    type: "Iterable<@T>",
    plain: "[@P]",
    wraps: [
      way("iterable-array", "all@n", { body: "const all@n: Iterable<@T> = [@v];" }),
      way("iterable-generator", "all@n(@v)", {
        top: "export function* all@n(value: @T): Iterable<@T> {\n  yield value;\n}",
      }),
      way("iterable-class", "new All@n(@v)", {
        top: "export class All@n implements Iterable<@T> {\n  constructor(private readonly value: @T) {}\n  *[Symbol.iterator](): Iterator<@T> {\n    yield this.value;\n  }\n}",
      }),
    ],
    unwraps: [
      way("iterable-for-of", "each@n", { body: "for (const each@n of @v) {", close: "}" }),
      way("iterable-spread", "[...@v][0]!"),
      way("iterable-from", "Array.from(@v)[0]!"),
      way("iterable-set", "[...new Set(@v)][0]!"),
      way("iterable-destructured", "one@n!", { body: "const [one@n] = @v;" }),
    ],
  },
  {
    name: "nullable",
    type: "@T | undefined",
    plain: "@P",
    wraps: [
      way("nullable-written", "(flag() ? @v : undefined)"),
      way("nullable-returned", "maybe@n(@v)", {
        top: "export function maybe@n(value: @T): @T | undefined {\n  return flag() ? value : undefined;\n}",
      }),
    ],
    unwraps: [
      way("nullable-asserted", "@v!"),
      way("nullable-narrowed", "some@n", { body: "const some@n = @v;\nif (some@n !== undefined) {", close: "}" }),
      way("nullable-thrown", "some@n", { body: "const some@n = @v;\nif (some@n === undefined) throw new Error();" }),
      way("nullable-parameter", "some@n(@v)", {
        top: "export function some@n(value: @T | undefined): @T {\n  if (value === undefined) throw new Error();\n  return value;\n}",
      }),
    ],
  },
];

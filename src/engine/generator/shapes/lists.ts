import { type Shape, way } from "../template.ts";

/** Arrays and tuples. */
export const lists: readonly Shape[] = [
  {
    name: "array",
    type: "@T[]",
    plain: "[@P]",
    wraps: [
      way("array-literal", "list@n", { body: "const list@n: @T[] = [@v];" }),
      way("array-inferred", "[@v]"),
      way("array-push", "list@n", { body: "const list@n: @T[] = [];\nlist@n.push(@v);" }),
      way("array-unshift", "list@n", { body: "const list@n: @T[] = [];\nlist@n.unshift(@v);" }),
      way("array-store", "list@n", { body: "const list@n: @T[] = [];\nlist@n[0] = @v;" }),
      way("array-splice", "list@n", { body: "const list@n: @T[] = [];\nlist@n.splice(0, 0, @v);" }),
      way("array-new", "list@n", { body: "const list@n = new Array<@T>();\nlist@n.push(@v);" }),
      way("array-of", "Array.of(@v)"),
      way("array-from", "Array.from([@v])"),
      way("array-concat", "([] as @T[]).concat([@v])"),
      way("array-fill", "new Array<@T>(1).fill(@v)"),
      way("array-spread", "[...[@v]]"),
      way("array-map", "[1].map(() => kept@n)", { body: "const kept@n = @v;" }),
    ],
    unwraps: [
      way("array-index", "@v[0]!"),
      way("array-at", "@v.at(-1)!"),
      way("array-pop", "@v.pop()!"),
      way("array-shift", "@v.shift()!"),
      way("array-find", "@v.find(() => true)!"),
      way("array-find-used", "@v.find((each) => each !== undefined)!"),
      way("array-filter", "@v.filter((each) => each !== undefined)[0]!"),
      way("array-map-same", "@v.map((each) => each)[0]!"),
      way("array-map-object", "@v.map((each) => ({ each }))[0]!.each"),
      way("array-flat-map", "@v.flatMap((each) => [each])[0]!"),
      way("array-reduce", "@v.reduce((before, each) => (flag() ? before : each))"),
      way("array-slice", "@v.slice(0)[0]!"),
      way("array-sort", "@v.sort(() => 0)[0]!"),
      way("array-entries", "[...@v.entries()][0]![1]"),
      way("array-values", "[...@v.values()][0]!"),
      way("array-object-values", "Object.values(@v)[0]!"),
      way("array-next", "next@n.value", {
        body: "const next@n = @v[Symbol.iterator]().next();\nif (!next@n.done) {",
        close: "}",
      }),
      way("array-destructured", "one@n!", { body: "const [one@n] = @v;" }),
      way("array-rest", "rest@n[0]!", { body: "const [...rest@n] = @v;" }),
      way("array-for-of", "each@n", { body: "for (const each@n of @v) {", close: "}" }),
      way("array-for-index", "list@n[i@n]!", {
        body: "const list@n = @v;\nfor (let i@n = 0; i@n < list@n.length; i@n++) {",
        close: "}",
        isLet: true,
      }),
      way("array-for-each", "each@n", { body: "@v.forEach(async (each@n) => {", close: "});" }),
      way("array-spread-call", "first@n(...@v)", {
        top: "export function first@n(...all: @T[]): @T {\n  return all[0]!;\n}",
      }),
      way("array-parameter", "first@n(@v)", {
        top: "export function first@n(all: readonly @T[]): @T {\n  return all[0]!;\n}",
      }),
      way("array-generic", "first@n(@v)", { top: "export function first@n<A>(all: A[]): A {\n  return all[0]!;\n}" }),
      way("array-iterable", "first@n(@v)", {
        top: "export function first@n(all: Iterable<@T>): @T {\n  for (const each of all) return each;\n  throw new Error();\n}",
      }),
    ],
  },
  {
    name: "readonly-array",
    type: "readonly @T[]",
    plain: "[@P]",
    wraps: [
      way("readonly-array-literal", "list@n", { body: "const list@n: readonly @T[] = [@v];" }),
      way("readonly-array-returned", "only@n(@v)", {
        top: "export function only@n(value: @T): readonly @T[] {\n  return [value];\n}",
      }),
      way("readonly-array-named", "list@n", { body: "const list@n: ReadonlyArray<@T> = [@v];" }),
    ],
    unwraps: [
      way("readonly-array-index", "@v[0]!"),
      way("readonly-array-copy", "[...@v][0]!"),
      way("readonly-array-parameter", "one@n(@v)", {
        top: "export function one@n([first]: readonly @T[]): @T | undefined {\n  return first;\n}",
        result: "one@n(@v)!",
      }),
      way("readonly-array-to-sorted", "@v.toSorted(() => 0)[0]!"),
      way("readonly-array-for-of", "each@n", { body: "for (const each@n of @v) {", close: "}" }),
    ],
  },
  {
    name: "tuple",
    type: "[@T, number]",
    plain: "[@P, 1]",
    wraps: [
      way("tuple-literal", "pair@n", { body: "const pair@n: [@T, number] = [@v, 1];" }),
      way("tuple-labelled", "pair@n", { body: "const pair@n: [value: @T, count: number] = [@v, 1];" }),
      way("tuple-returned", "pair@n(@v)", {
        top: "export function pair@n(value: @T): [@T, number] {\n  return [value, 1];\n}",
      }),
      way("tuple-store", "pair@n", {
        top: "export declare function empty@n(): [@T, number];",
        body: "const pair@n = empty@n();\npair@n[0] = @v;",
      }),
    ],
    unwraps: [
      way("tuple-index", "@v[0]"),
      way("tuple-destructured", "one@n", { body: "const [one@n] = @v;" }),
      way("tuple-spread-call", "one@n(...@v)", {
        top: "export function one@n(value: @T, count: number): @T {\n  void count;\n  return value;\n}",
      }),
      way("tuple-parameter", "one@n(@v)", {
        top: "export function one@n([value]: readonly [@T, number]): @T {\n  return value;\n}",
      }),
    ],
  },
];

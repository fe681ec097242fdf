import { type Shape, way } from "../template.ts";

/** Collections that are asked by a key. */
export const keyed: readonly Shape[] = [
  {
    name: "map",
    type: "Map<string, @T>",
    plain: 'new Map([["key", @P]])',
    wraps: [
      way("map-set", "map@n", { body: 'const map@n = new Map<string, @T>();\nmap@n.set("key", @v);' }),
      way("map-written", "map@n", { body: 'const map@n: Map<string, @T> = new Map();\nmap@n.set("key", @v);' }),
      way("map-inferred", 'new Map([["key", @v]])'),
      way("map-entries-given", 'new Map<string, @T>([["key", @v]])'),
    ],
    unwraps: [
      way("map-get", '@v.get("key")!'),
      way("map-values", "[...@v.values()][0]!"),
      way("map-for-of", "each@n", { body: "for (const [key@n, each@n] of @v) {\n  void key@n;", close: "}" }),
      way("map-for-each", "each@n", { body: "@v.forEach(async (each@n) => {", close: "});" }),
      way("map-entries", "[...@v.entries()][0]![1]"),
      way("map-copy", 'new Map(@v).get("key")!'),
      way("map-parameter", "look@n(@v)!", {
        top: 'export function look@n(map: ReadonlyMap<string, @T>): @T | undefined {\n  return map.get("key");\n}',
      }),
      way("map-from", "Array.from(@v.values())[0]!"),
    ],
  },
  {
    name: "map-key",
    type: "Map<@T, number>",
    plain: "new Map([[@P, 1]])",
    wraps: [
      way("map-key-set", "keyed@n", { body: "const keyed@n = new Map<@T, number>();\nkeyed@n.set(@v, 1);" }),
      way("map-key-inferred", "new Map([[@v, 1]])"),
    ],
    unwraps: [
      way("map-keys", "[...@v.keys()][0]!"),
      way("map-key-for-of", "key@n", { body: "for (const [key@n] of @v) {", close: "}" }),
      way("map-key-for-each", "key@n", {
        body: "@v.forEach(async (count@n, key@n) => {\n  void count@n;",
        close: "});",
      }),
    ],
  },
  {
    name: "set",
    type: "Set<@T>",
    plain: "new Set([@P])",
    wraps: [
      way("set-add", "set@n", { body: "const set@n = new Set<@T>();\nset@n.add(@v);" }),
      way("set-inferred", "new Set([@v])"),
      way("set-chain", "new Set<@T>().add(@v)"),
    ],
    unwraps: [
      way("set-spread", "[...@v][0]!"),
      way("set-for-of", "each@n", { body: "for (const each@n of @v) {", close: "}" }),
      way("set-values", "[...@v.values()][0]!"),
      way("set-from", "Array.from(@v)[0]!"),
      way("set-parameter", "one@n(@v)", {
        top: "export function one@n(all: ReadonlySet<@T>): @T {\n  for (const each of all) return each;\n  throw new Error();\n}",
      }),
    ],
  },
  {
    name: "weak-map",
    type: "WeakMap<object, @T>",
    plain: "new WeakMap([[owner(), @P]])",
    wraps: [
      way("weak-map-set", "weak@n", { body: "const weak@n = new WeakMap<object, @T>();\nweak@n.set(owner(), @v);" }),
    ],
    unwraps: [way("weak-map-get", "@v.get(owner())!")],
  },
  {
    name: "record",
    type: "Record<string, @T>",
    plain: "{ key: @P }",
    wraps: [
      way("record-literal", "record@n", { body: "const record@n: Record<string, @T> = { key: @v };" }),
      way("record-store", "record@n", { body: 'const record@n: Record<string, @T> = {};\nrecord@n["key"] = @v;' }),
      way("index-signature", "record@n", { body: "const record@n: { [key: string]: @T } = { key: @v };" }),
      way("record-from-entries", 'Object.fromEntries([["key", @v]])'),
      way("record-spread", "record@n", { body: "const record@n: Record<string, @T> = { ...{ key: @v } };" }),
    ],
    unwraps: [
      way("record-index", '@v["key"]!'),
      way("record-values", "Object.values(@v)[0]!"),
      way("record-entries", "Object.entries(@v)[0]![1]"),
      way("record-entries-loop", "each@n", {
        body: "for (const [key@n, each@n] of Object.entries(@v)) {\n  void key@n;",
        close: "}",
      }),
      way("record-parameter", "look@n(@v)!", {
        top: 'export function look@n(all: { readonly [key: string]: @T }): @T | undefined {\n  return all["key"];\n}',
      }),
    ],
  },
];

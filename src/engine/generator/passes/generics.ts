import type { Template } from "../template.ts";

/** Through type parameters. */
export const generics: readonly Template[] = [
  {
    name: "generic-function",
    top: "export function same@n<A>(value: A): A {\n  return value;\n}",
    result: "same@n(@v)",
    isGeneric: true,
  },
  {
    name: "generic-explicit",
    top: "export function same@n<A>(value: A): A {\n  return value;\n}",
    result: "same@n<@T>(@v)",
    isGeneric: true,
  },
  {
    name: "constraint",
    isBound: true,
    gap: { within: "container", fixture: "gap-bound-holder" },
    top: "export function bound@n<A extends @T>(value: A): A {\n  return value;\n}",
    result: "bound@n(@v)",
  },
  {
    name: "generic-callback",
    top: "export function transform@n<A, B>(value: A, use: (value: A) => B): B {\n  return use(value);\n}",
    result: "transform@n(@v, (value) => value)",
    isGeneric: true,
  },
  {
    name: "generic-array",
    top: "export function first@n<A>(all: readonly A[]): A {\n  return all[0]!;\n}",
    result: "first@n([@v])",
    isGeneric: true,
  },
  {
    name: "generic-property",
    top: "export function valueOf@n<A>(holder: { readonly value: A }): A {\n  return holder.value;\n}",
    result: "valueOf@n({ value: @v })",
    isGeneric: true,
  },
  {
    name: "keyof-type",
    top: "export function get@n<O, K extends keyof O>(object: O, key: K): O[K] {\n  return object[key];\n}",
    result: 'get@n({ value: @v }, "value")',
    isGeneric: true,
  },
  {
    name: "generic-class",
    top: "export class Cell@n<A> {\n  constructor(private readonly value: A) {}\n  get(): A {\n    return this.value;\n  }\n}",
    result: "new Cell@n(@v).get()",
    isGeneric: true,
  },
  {
    name: "generic-class-explicit",
    top: "export class Cell@n<A> {\n  private value: A | undefined;\n  set(value: A): void {\n    this.value = value;\n  }\n  get(): A | undefined {\n    return this.value;\n  }\n}",
    body: "const cell@n = new Cell@n<@T>();\ncell@n.set(@v);",
    result: "cell@n.get()!",
  },
  {
    name: "generic-heritage",
    top: "export class Cell@n<A> {\n  constructor(readonly value: A) {}\n}\nexport class Special@n extends Cell@n<@T> {}",
    result: "new Special@n(@v).value",
  },
  {
    name: "generic-interface",
    top: "export interface Source@n<A> {\n  readonly get: () => A;\n}\nexport function pull@n(source: Source@n<@T>): @T {\n  return source.get();\n}",
    body: "const kept@n = @v;",
    result: "pull@n({ get: () => kept@n })",
  },
  {
    name: "generic-alias",
    top: "export type Boxed@n<A> = { readonly value: A };",
    body: "const boxed@n: Boxed@n<@T> = { value: @v };",
    result: "boxed@n.value",
  },
  {
    name: "type-parameter-default",
    top: "export interface Holder@n<A = @T> {\n  readonly value: A;\n}",
    body: "const holder@n: Holder@n = { value: @v };",
    result: "holder@n.value",
  },
];

import type { Template } from "../template.ts";

/** Through the type language: aliases, mapped and conditional types, utility types. */
export const types: readonly Template[] = [
  {
    name: "type-alias",
    top: "export type Alias@n = @T;\nexport function alias@n(value: Alias@n): Alias@n {\n  return value;\n}",
    result: "alias@n(@v)",
  },
  {
    name: "union",
    top: "export type Maybe@n = @T | undefined;\nexport function maybe@n(value: Maybe@n): Maybe@n {\n  return value;\n}",
    result: "maybe@n(@v)!",
  },
  {
    name: "intersection",
    top: "export type Both@n = { readonly value: @T } & { readonly count: number };",
    body: "const both@n: Both@n = { value: @v, count: 1 };",
    result: "both@n.value",
  },
  {
    name: "mapped-type",
    top: 'export type Mapped@n = { readonly [K in "first" | "second"]?: @T };',
    body: "const mapped@n: Mapped@n = { first: @v };",
    result: "mapped@n.first!",
  },
  {
    name: "mapped-homomorphic",
    top: "export type Copy@n<A> = { readonly [K in keyof A]: A[K] };",
    body: "const copy@n: Copy@n<{ value: @T }> = { value: @v };",
    result: "copy@n.value",
  },
  {
    name: "mapped-getters",
    top: "export type Getters@n<A> = { readonly [K in keyof A]: () => A[K] };",
    body: "const kept@n = @v;\nconst getters@n: Getters@n<{ value: @T }> = { value: () => kept@n };",
    result: "getters@n.value()",
  },
  {
    name: "conditional-type",
    top: "export type Inner@n<A> = A extends { readonly value: infer V } ? V : never;",
    body: "const inner@n: Inner@n<{ readonly value: @T }> = @v;",
    result: "inner@n",
  },
  {
    name: "indexed-access-type",
    top: 'export interface Row@n {\n  readonly value: @T;\n}\nexport function row@n(value: Row@n["value"]): Row@n["value"] {\n  return value;\n}',
    result: "row@n(@v)",
  },
  { name: "typeof-type", body: "const seen@n = @v;\nconst same@n: typeof seen@n = seen@n;", result: "same@n" },
  {
    name: "utility-partial",
    top: "export interface Row@n {\n  readonly value: @T;\n}",
    body: "const part@n: Partial<Row@n> = { value: @v };",
    result: "part@n.value!",
  },
  {
    name: "utility-required",
    top: "export interface Row@n {\n  readonly value?: @T;\n}",
    body: "const whole@n: Required<Row@n> = { value: @v };",
    result: "whole@n.value",
  },
  {
    name: "utility-pick",
    top: 'export interface Row@n {\n  readonly value: @T;\n  readonly count: number;\n}\nexport function pick@n(row: Pick<Row@n, "value">): @T {\n  return row.value;\n}',
    result: "pick@n({ value: @v })",
  },
  {
    name: "utility-omit",
    top: 'export interface Row@n {\n  readonly value: @T;\n  readonly count: number;\n}\nexport function omit@n(row: Omit<Row@n, "count">): @T {\n  return row.value;\n}',
    result: "omit@n({ value: @v })",
  },
  { name: "utility-readonly", body: "const only@n: Readonly<{ value: @T }> = { value: @v };", result: "only@n.value" },
  {
    name: "utility-non-nullable",
    top: "export function sure@n(value: NonNullable<@T | undefined>): NonNullable<@T | undefined> {\n  return value;\n}",
    result: "sure@n(@v)",
  },
  {
    name: "utility-exclude",
    top: "export function sure@n(value: Exclude<@T | undefined, undefined>): @T {\n  return value;\n}",
    result: "sure@n(@v)",
  },
  {
    name: "utility-return-type",
    top: "export function make@n(value: @T): @T {\n  return value;\n}",
    body: "const made@n: ReturnType<typeof make@n> = make@n(@v);",
    result: "made@n",
  },
  {
    name: "utility-parameters",
    top: "export function take@n(value: @T): @T {\n  return value;\n}",
    body: "const given@n: Parameters<typeof take@n> = [@v];",
    result: "take@n(...given@n)",
  },
  {
    name: "utility-instance-type",
    top: "export class Kept@n {\n  constructor(readonly value: @T) {}\n}",
    body: "const kept@n: InstanceType<typeof Kept@n> = new Kept@n(@v);",
    result: "kept@n.value",
  },
  {
    name: "utility-awaited",
    top: "export async function later@n(value: @T): Promise<@T> {\n  return value;\n}",
    body: "const now@n: Awaited<ReturnType<typeof later@n>> = await later@n(@v);",
    result: "now@n",
    awaits: true,
  },
];

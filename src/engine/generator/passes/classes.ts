import type { Template } from "../template.ts";

/** Through a class, an interface or a namespace. */
export const classes: readonly Template[] = [
  {
    name: "private-field",
    top: "export class Hidden@n {\n  #value: @T;\n  constructor(value: @T) {\n    this.#value = value;\n  }\n  get(): @T {\n    return this.#value;\n  }\n}",
    result: "new Hidden@n(@v).get()",
  },
  {
    name: "parameter-property",
    top: "export class Kept@n {\n  constructor(readonly value: @T) {}\n}",
    result: "new Kept@n(@v).value",
  },
  {
    name: "static-member",
    top: "export class Shared@n {\n  static value: @T | undefined;\n}",
    body: "Shared@n.value = @v;",
    result: "Shared@n.value!",
    isLet: true,
  },
  {
    name: "static-method",
    top: "export class Tool@n {\n  static pass(value: @T): @T {\n    return value;\n  }\n}",
    result: "Tool@n.pass(@v)",
  },
  {
    name: "accessor",
    top: "export class Access@n {\n  private held: @T | undefined;\n  get value(): @T | undefined {\n    return this.held;\n  }\n  set value(value: @T | undefined) {\n    this.held = value;\n  }\n}",
    body: "const access@n = new Access@n();\naccess@n.value = @v;",
    result: "access@n.value!",
    isLet: true,
  },
  {
    name: "auto-accessor",
    top: "export class Auto@n {\n  accessor value: @T | undefined;\n}",
    body: "const auto@n = new Auto@n();\nauto@n.value = @v;",
    result: "auto@n.value!",
    isLet: true,
  },
  {
    name: "method-chain",
    top: "export class Chain@n {\n  private held: @T | undefined;\n  with(value: @T): this {\n    this.held = value;\n    return this;\n  }\n  get(): @T | undefined {\n    return this.held;\n  }\n}",
    result: "new Chain@n().with(@v).get()!",
  },
  {
    name: "field-initializer",
    top: "export class Start@n {\n  readonly given: @T;\n  constructor(given: @T) {\n    this.given = given;\n  }\n  readonly read = (): @T => this.given;\n}",
    result: "new Start@n(@v).read()",
  },
  {
    name: "abstract-class",
    top: "export abstract class Base@n {\n  abstract take(value: @T): @T;\n}\nexport class Derived@n extends Base@n {\n  override take(value: @T): @T {\n    return value;\n  }\n}",
    body: "const base@n: Base@n = new Derived@n();",
    result: "base@n.take(@v)",
  },
  {
    name: "override",
    top: "export class Parent@n {\n  take(value: @T): @T {\n    return value;\n  }\n}\nexport class Child@n extends Parent@n {\n  override take(value: @T): @T {\n    return super.take(value);\n  }\n}",
    result: "new Child@n().take(@v)",
  },
  {
    name: "super-call",
    top: "export class Outer@n {\n  constructor(readonly value: @T) {}\n}\nexport class Inner@n extends Outer@n {\n  constructor(value: @T) {\n    super(value);\n  }\n}",
    result: "new Inner@n(@v).value",
  },
  {
    name: "implements",
    top: "export interface Taker@n {\n  readonly take: (value: @T) => @T;\n}\nexport class Taking@n implements Taker@n {\n  readonly take = (value: @T): @T => value;\n}",
    body: "const taker@n: Taker@n = new Taking@n();",
    result: "taker@n.take(@v)",
  },
  {
    name: "implements-getter",
    top: "export interface Having@n {\n  readonly value: @T;\n}\nexport class Has@n implements Having@n {\n  constructor(private readonly held: @T) {}\n  get value(): @T {\n    return this.held;\n  }\n}",
    body: "const having@n: Having@n = new Has@n(@v);",
    result: "having@n.value",
  },
  {
    name: "mixin",
    top: "export class Plain@n {}\nexport function Mixed@n<C extends new (...all: any[]) => object>(base: C) {\n  return class extends base {\n    held: @T | undefined;\n  };\n}",
    body: "const Made@n = Mixed@n(Plain@n);\nconst made@n = new Made@n();\nmade@n.held = @v;",
    result: "made@n.held!",
    isLet: true,
  },
  {
    name: "interface-merging",
    top: "export interface Merged@n {\n  readonly count: number;\n}\nexport interface Merged@n {\n  readonly value: @T;\n}",
    body: "const merged@n: Merged@n = { count: 1, value: @v };",
    result: "merged@n.value",
  },
  {
    name: "interface-extends",
    top: "export interface Narrow@n {\n  readonly value: @T;\n}\nexport interface Wide@n extends Narrow@n {\n  readonly count: number;\n}\nexport function narrow@n(narrow: Narrow@n): @T {\n  return narrow.value;\n}",
    body: "const wide@n: Wide@n = { count: 1, value: @v };",
    result: "narrow@n(wide@n)",
  },
  {
    name: "structural",
    top: "export interface From@n {\n  readonly value: @T;\n}\nexport interface To@n {\n  readonly value: @T;\n}\nexport function convert@n(from: From@n): To@n {\n  return from;\n}",
    result: "convert@n({ value: @v }).value",
  },
  {
    name: "call-signature",
    top: "export interface Caller@n {\n  (value: @T): @T;\n}",
    body: "const caller@n: Caller@n = (value) => value;",
    result: "caller@n(@v)",
  },
  {
    name: "construct-signature",
    top: "export interface Maker@n {\n  new (value: @T): { readonly value: @T };\n}",
    body: "const Made@n: Maker@n = class {\n  constructor(readonly value: @T) {}\n};",
    result: "new Made@n(@v).value",
  },
  {
    name: "class-expression",
    top: "export const Made@n = class {\n  constructor(readonly value: @T) {}\n};",
    result: "new Made@n(@v).value",
  },
  {
    name: "namespace",
    top: "export namespace Space@n {\n  export function pass(value: @T): @T {\n    return value;\n  }\n}",
    result: "Space@n.pass(@v)",
  },
  {
    name: "decorator",
    top: "export function same@n(method: (value: @T) => @T, context: ClassMethodDecoratorContext): (value: @T) => @T {\n  void context;\n  return method;\n}\nexport class Decorated@n {\n  @same@n\n  take(value: @T): @T {\n    return value;\n  }\n}",
    result: "new Decorated@n().take(@v)",
  },
];

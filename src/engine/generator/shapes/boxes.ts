import { type Shape, way } from "../template.ts";

/** Interfaces and generics of the project. */
export const boxes: readonly Shape[] = [
  {
    name: "interface",
    type: "Box@n",
    top: "export interface Box@n {\n  value: @T;\n}",
    plain: "{ value: @P }",
    wraps: [
      way("object-literal", "box@n", { body: "const box@n: @U = { value: @v };" }),
      way("object-returned", "box@n(@v)", { top: "export function box@n(value: @T): @U {\n  return { value };\n}" }),
      way("object-returned-arrow", "box@n(@v)", { top: "export const box@n = (value: @T): @U => ({ value });" }),
      way("property-store", "box@n", {
        top: "export declare function empty@n(): @U;",
        body: "const box@n = empty@n();\nbox@n.value = @v;",
      }),
      way("object-cast", "({ value: @v } as @U)"),
    ],
    unwraps: [
      way("property-read", "@v.value"),
      way("property-destructured", "open@n", { body: "const { value: open@n } = @v;" }),
      way("property-index", '@v["value"]'),
      way("property-spread", "({ ...@v }).value"),
      way("property-structural", "open@n(@v)", {
        top: "export function open@n(box: { readonly value: @T }): @T {\n  return box.value;\n}",
      }),
      way("property-destructured-parameter", "open@n(@v)", {
        top: "export function open@n({ value }: { readonly value: @T }): @T {\n  return value;\n}",
      }),
    ],
  },
  {
    name: "generic-box",
    type: "Cell@n<@T>",
    top: "export interface Cell@n<A> {\n  readonly value: A;\n}\nexport function cell@n<A>(value: A): Cell@n<A> {\n  return { value };\n}",
    plain: "{ value: @P }",
    wraps: [
      way("generic-literal", "cell@n", { body: "const cell@n: @U = { value: @v };" }),
      way("generic-inferred", "({ value: @v })"),
      way("generic-returned", "made@n(@v)", { top: "export function made@n(value: @T): @U {\n  return { value };\n}" }),
    ],
    unwraps: [
      way("generic-read", "@v.value"),
      way("generic-parameter", "open@n(@v)", {
        top: "export function open@n<A>(cell: { readonly value: A }): A {\n  return cell.value;\n}",
      }),
      way("generic-destructured", "open@n", { body: "const { value: open@n } = @v;" }),
    ],
  },
  {
    name: "generic-mutable",
    type: "Slot@n<@T>",
    top: "export class Slot@n<A> {\n  private held: A;\n  constructor(held: A) {\n    this.held = held;\n  }\n  get(): A {\n    return this.held;\n  }\n  set(value: A): void {\n    this.held = value;\n  }\n  map<B>(use: (value: A) => B): Slot@n<B> {\n    return new Slot@n(use(this.held));\n  }\n}",
    plain: "new Slot@n(@P)",
    wraps: [way("slot-new", "new Slot@n(@v)"), way("slot-explicit", "new @U(@v)")],
    unwraps: [
      way("slot-get", "@v.get()"),
      way("slot-map", "@v.map((each) => each).get()"),
      way("slot-map-block", "each@n", { body: "@v.map(async (each@n) => {", close: "});" }),
      way("slot-parameter", "open@n(@v)", {
        top: "export function open@n(slot: { get(): @T }): @T {\n  return slot.get();\n}",
      }),
    ],
  },
];

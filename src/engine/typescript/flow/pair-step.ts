import { ts } from "ts-morph";
import type { BaseTest, Leaf } from "../tagging/leaves.ts";
import { isInferred } from "./carrier.ts";

/** The base meets the base: whatever is at `from` has to be assignable to what is at `to`. */
export interface PairedFlow {
  readonly from: Leaf;
  readonly to: Leaf;
  readonly channel: "value" | "alias";
  readonly enforced: boolean;
  /** Does the value lie inside another one (an element, a member, a parameter)? */
  readonly nested: boolean;
  /** Does it go from what is wanted to what is given, as an argument of a function that is passed on does? */
  readonly backward: boolean;
  readonly inside: Inside;
}

/** Where it lies inside of either type. */
export interface Inside {
  readonly from: Place;
  readonly to: Place;
}

/** A place inside of a type, or of what is declared nearest to it inside of the type. */
export interface Place {
  /** `.[]`, `.<0>`, of a function `.(0)` and `.()`; undefined inside of members that say their types themselves. */
  readonly path: string | undefined;
  /** A member of a literal, or a function, of no written type. */
  readonly declaration?: ts.Node;
}

/** A place further inside. */
export function further({ path, ...place }: Place, step: string): Place {
  return { ...place, path: path === undefined ? undefined : path + step };
}

/** The place of what is declared inside of a type. */
export function declaredPlace(declaration: ts.Node | undefined): Place {
  return declaration === undefined || !isInferred(declaration) ? { path: undefined } : { path: "", declaration };
}

/** The base meets `any` or `unknown`. */
export interface PairedErasure {
  readonly kind: "erased" | "recovered";
  readonly leaf: Leaf;
}

/** What one step of the walk finds, and where it goes on. */
export interface Step {
  readonly test: BaseTest;
  readonly site: ts.Node;
  readonly flows: Omit<PairedFlow, "inside">[];
  readonly erasures: PairedErasure[];
  readonly next: Pending[];
}

/** Two types that the walk has still to compare. */
export interface Pending {
  readonly source: ts.Type;
  readonly target: ts.Type;
  readonly relation: Relation;
  /** From where the walk was to here. */
  readonly way: Way;
}

/** The places inside of either type, by those of what they are a part of. */
export type Way = (outer: Inside) => Inside;

const unknownPlaces: Way = () => ({ from: { path: undefined }, to: { path: undefined } });

/** How the two sides stand to each other at one place of the step. */
export interface Relation {
  readonly channel: "value" | "alias";
  readonly enforced: boolean;
  readonly nested: boolean;
  readonly backward: boolean;
  /** Is one library type seen as another one, such as a map as an iterable? What is handed out then is handed out afresh. */
  readonly view: boolean;
}

/** Types that say nothing of what they hold, and types that have members. */
export const opaque = ts.TypeFlags.Any | ts.TypeFlags.Unknown;
export const structured = ts.TypeFlags.Object | ts.TypeFlags.Intersection;

/** Where the walk goes on. */
export function relate(
  step: Step,
  source: ts.Type,
  target: ts.Type,
  relation: Relation,
  way: Way = unknownPlaces,
): void {
  if (source !== target) step.next.push({ source, target, relation, way });
}

/** The type of a member where the walk is. */
export function typeOf(step: Step, symbol: ts.Symbol): ts.Type {
  return step.test.checker.getTypeOfSymbolAtLocation(symbol, step.site);
}

/** The relation of what is inside. */
export function within(relation: Relation, readOnly: boolean): Relation {
  return { ...relation, channel: readOnly || relation.view ? "value" : "alias", nested: true };
}

declare const positionId: unique symbol;

/** A position's stable name: file, owner and path, no offsets: `block/bio.ts bio_add_page().(page)`. */
export type PositionId = string & { readonly [positionId]: true };

/** Gives a name its brand; whoever calls it promises that the name is unique in its graph. */
export function positionIdOf(name: string): PositionId {
  return name as PositionId;
}

/** A range of a file: offsets in UTF-16 units, line and column from 1, file relative to the project's root with `/`. */
export interface Site {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly start: number;
  readonly end: number;
}

/** What a position is in the program. `creation` is a value that comes from no declaration: a literal, `new`, an operator. */
export type PositionKind =
  | "alias"
  | "cast"
  | "catch"
  | "constraint"
  | "creation"
  | "element"
  | "index-signature"
  | "parameter"
  | "predicate"
  | "property"
  | "return"
  | "tuple-slot"
  | "type-argument"
  | "variable";

/** `written`: an annotation that would be edited. `inferred`: moves for nothing. `external`: cannot be edited. */
export type Annotation = "written" | "inferred" | "external";

/** A place whose type can hold the base type. */
export interface TypePosition {
  readonly id: PositionId;
  readonly kind: PositionKind;
  readonly annotation: Annotation;
  readonly site: Site;
  /** The function (`do_direct_IO()`) or type (`Bio`) the position stands in, undefined at the top of a file. */
  readonly owner: string | undefined;
  readonly test: boolean;
  /** In a file that a tool writes and would write again. */
  readonly generated?: boolean;
  /** Inside a container that a caller passes in: what else the caller keeps there is its own business. */
  readonly lent?: boolean;
  /** Says no type and has no room for one, as a name in a pattern: what it starts with is all that it may hold. */
  readonly closed?: boolean;
  /** A type parameter of a function of the project, which takes any type: nothing of it could be edited. */
  readonly open?: boolean;
  /** In a project that cannot import the brand, because it does not reference the one where that stands. */
  readonly beyond?: boolean;
  /** Has to be the primitive itself: `typeof` or a predicate tells it from others, or a template or mapped type is made of it. */
  readonly primitive?: boolean;
}

/**
 * How a flow treats storage.
 * `value`: holds(to) ⊇ holds(from). `store`: a write into shared storage, stored(to) ⊇ holds(from).
 * `alias`: both names reach one storage, holds(to) ⊇ holds(from) and stored(from) ⊇ stored(to).
 * `lookup`: compared with what is held there and not kept, so that plain values mix nothing.
 * Everywhere holds(p) ⊇ stored(p).
 */
export type Channel = "value" | "store" | "alias" | "lookup";

/** "What is at `from` must be assignable to `to`." */
export interface FlowEdge {
  readonly from: PositionId;
  readonly to: PositionId;
  readonly channel: Channel;
  readonly construct: string;
  readonly site: Site;
  /** Would the compiler notice a difference between the two ends? */
  readonly enforced: boolean;
  /** The value lies inside the one at the site: an element, a member, a parameter. */
  readonly nested: boolean;
  /** The member of the value at the site that flows, where it is spread. */
  readonly member?: string;
  /** Two declarations meet here, so there is no value that could be cast. */
  readonly declared?: boolean;
  /** The reference to the function called here, which a conversion would rename. */
  readonly callee?: Site;
  /**
   * What the value is compared with: the flow counts only where `from` is branded and none of these is. Of a plain value
   * what takes it as well: it need not become branded unless all of these are. Of the first value of what a list is
   * reduced to its elements, which the compiler takes for that where they take it.
   */
  readonly beside?: readonly PositionId[];
  /** What the variable that it is compared with was given right before: of a mixture the compiler takes that for it. */
  readonly besideGiven?: readonly PositionId[];
  /** Compared by order, as numbers are: a mixture and a plain value cannot be. */
  readonly ordered?: boolean;
  /** What the variable at the site was given right before: of a mixture the compiler takes it for that. */
  readonly given?: readonly PositionId[];
  /** The value is asserted to be another brand of the base or used as a literal, which a branded one cannot be unless `to` is branded too. */
  readonly refused?: boolean;
}

/** Something at a site that hides flows from the compiler, if its position turns out to be branded. */
export interface Hazard {
  readonly kind: "erased" | "recovered";
  readonly position: PositionId;
  readonly construct: string;
  readonly site: Site;
}

/** Positions and edges: all that the solver sees of a program, in any language. */
export interface FlowGraph {
  readonly positions: ReadonlyMap<PositionId, TypePosition>;
  readonly edges: readonly FlowEdge[];
  readonly hazards: readonly Hazard[];
}

/** The reference to the function that is called at a flow, which a conversion would rename. */
export function calleeOf(edge: FlowEdge): Site {
  return edge.callee ?? edge.site;
}

/** Equal for the same range of the same file. */
export function siteKey({ file, start, end }: Pick<Site, "file" | "start" | "end">): string {
  return `${file} ${start} ${end}`;
}

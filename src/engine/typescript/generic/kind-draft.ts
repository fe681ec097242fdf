import type { ts } from "ts-morph";
import type { FlowEdge, PositionId } from "../../graph/graph.ts";
import type { KindInstance, KindNode } from "../../solver/kind-flows.ts";
import type { Solution } from "../../solver/solve.ts";
import type { PositionEntry } from "../positions/positions.ts";
import type { HolderRun } from "./holder-run.ts";
import { functionAround, type GenericFunction, keyOf, typeAround } from "./owner.ts";
import { declarationKey, type Run } from "./run.ts";

/** What the variables are made of. */
export interface KindRequest {
  readonly pages: Run;
  readonly solution: Solution;
  /** By the key of their declaration. */
  readonly holders: ReadonlyMap<string, HolderRun>;
  /** Functions that stay as they are. */
  readonly fixed: ReadonlySet<string>;
}

/** The variables as they are found, and the ties between them. */
export interface KindDraft extends KindRequest {
  readonly nodes: Map<string, KindNode>;
  readonly into: (readonly [string, string])[];
  readonly seeds: (readonly [string, "brand" | "plain"])[];
  readonly instances: Map<string, KindInstance>;
  /** Where a literal is made: nobody has had it before, so that what it holds goes on with it, and not back. */
  readonly fresh: Set<string>;
}

/** One with no variable yet. */
export function emptyDraft(request: KindRequest): KindDraft {
  return { ...request, nodes: new Map(), into: [], seeds: [], instances: new Map(), fresh: new Set() };
}

/** The variable of a position. */
export function variableOf(run: Run, id: PositionId): string {
  return `${run.name} ${id}`;
}

/** The variable of a holder's own parameter. */
export function selfOf({ holder }: HolderRun): string {
  return `self ${holder.fileName} ${holder.start}`;
}

/** The variable of what is put there, as opposed to what may be there. */
export function storedIn(variable: string): string {
  return `${variable} (stored)`;
}

/** Is the variable of what is put there? */
export function isStored(variable: string): boolean {
  return variable.endsWith(" (stored)");
}

/** The variable of what is put there, where that is another one. */
export function storable({ nodes }: KindDraft, variable: string): string {
  return nodes.has(storedIn(variable)) ? storedIn(variable) : variable;
}

/** Two names for one storage: what is there is seen through both, and so is what is put there through the second. */
export function share(draft: KindDraft, one: string, other: string): void {
  draft.into.push([one, other]);
  if (draft.nodes.has(storedIn(other))) draft.into.push([storedIn(other), storable(draft, one)]);
}

/** Nobody can say of what kind these are. */
export function unknown({ seeds }: KindDraft, all: readonly string[]): void {
  for (const each of all) seeds.push([each, "brand"], [each, "plain"]);
}

/** The holder that a position is declared in. */
export function holderOf({ holders }: KindRequest, { node }: Pick<PositionEntry, "node">): HolderRun | undefined {
  const around = typeAround(node);
  return around === undefined ? undefined : holders.get(declarationKey(around));
}

/** Does a flow go into a member of a holder? All that does stays there. */
export function isInHolder(request: KindRequest, run: Run, { to }: Pick<FlowEdge, "to">): boolean {
  const entry = run.entries.get(to);
  return entry !== undefined && holderOf(request, entry) !== undefined;
}

/** The function around a node, if it may take a parameter. */
export function ownerOf({ fixed }: KindRequest, node: ts.Node | undefined): GenericFunction | undefined {
  const around = node === undefined ? undefined : functionAround(node);
  return around === undefined || fixed.has(keyOf(around)) ? undefined : around;
}

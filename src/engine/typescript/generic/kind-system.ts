import type { FlowEdge, PositionId } from "../../graph/graph.ts";
import type { KindSystem } from "../../solver/kind-flows.ts";
import type { PositionEntry } from "../positions/positions.ts";
import { type Place, placeKey } from "./call-sites.ts";
import type { HolderRun } from "./holder-run.ts";
import {
  emptyDraft,
  holderOf,
  isInHolder,
  type KindDraft,
  type KindRequest,
  selfOf,
  share,
  storable,
  unknown,
  variableOf,
} from "./kind-draft.ts";
import { copiesOf } from "./object-at.ts";
import { isOfCallback, isOutside, memberOf, type Run, runOf } from "./run.ts";
import { register, variablesAt } from "./variables-at.ts";

/** The variables, and which of them a place means. */
export interface KindPlaces {
  readonly system: KindSystem;
  /** None where the holder whose member it is cannot be told. */
  variablesAt(run: Run, position: PositionId, place: Place, end: "from" | "to"): readonly string[];
  variableOf(run: Run, position: PositionId): string;
  /** The holder that a position is declared in. */
  holderOf(entry: PositionEntry): HolderRun | undefined;
}

/** One variable for every reference and every mixed position, with the ties between them. */
export function kindSystem(request: KindRequest): KindPlaces {
  const draft = emptyDraft(request);
  const { pages, solution, holders, nodes, into, seeds, instances } = draft;
  for (const holder of holders.values()) tieReferences(draft, holder);
  for (const edge of [...pages.graph.edges, ...[...holders.values()].flatMap((each) => copiesIn(draft, each))]) {
    tiePages(draft, edge);
  }
  // What is released on the spot, such as a member of what a call returns, may be met nowhere else.
  for (const edge of [...solution.releases, ...solution.exits]) endsOf(draft, pages, edge, "from");
  return {
    system: { nodes, into, seeds, instances: [...instances.values()] },
    variablesAt: (run, id, place, end) => variablesAt(draft, { run, id, place, end }),
    variableOf,
    holderOf: (entry) => holderOf(draft, entry),
  };
}

function endsOf(draft: KindDraft, run: Run, edge: FlowEdge, end: "from" | "to"): readonly string[] {
  return variablesAt(draft, { run, id: edge[end], place: edge, end });
}

// The references to a holder, and what flows between them.
function tieReferences(draft: KindDraft, holder: HolderRun): void {
  draft.nodes.set(selfOf(holder), { owner: undefined, way: "inner", isPassed: false });
  const run = runOf(holder);
  for (const [id, entry] of run.entries) {
    const isOwn = holderOf(draft, entry) === undefined && entry.position.annotation !== "external";
    if (isOwn) register(draft, run, id, entry);
  }
  for (const edge of run.graph.edges) {
    if (isOutside(run, edge)) continue;
    const from = endsOf(draft, run, edge, "from");
    const to = endsOf(draft, run, edge, "to");
    const isKept = isInHolder(draft, run, edge) && !isOfCallback(run, edge.to);
    for (const [one, other] of pairsOf(from, to)) {
      share(draft, one, other);
      if (isKept) draft.into.push([one, storable(draft, other)]);
    }
    if (from.length === 0 || to.length === 0) unknown(draft, [...from, ...to]);
  }
}

// What flows into a position of either kind.
function tiePages(draft: KindDraft, edge: FlowEdge): void {
  const { pages, solution, fresh, into, seeds } = draft;
  const [source, target] = [solution.labels.get(edge.from), solution.labels.get(edge.to)];
  if (target !== "mixed" || edge.channel === "lookup" || isOutside(pages, edge)) return;
  const found = endsOf(draft, pages, edge, "to");
  const isKept = isInHolder(draft, pages, edge) ? !fresh.has(placeKey(edge)) : edge.channel === "store";
  const to = isKept ? found.map((each) => storable(draft, each)) : found;
  if (source !== "mixed") {
    for (const each of to) seeds.push([each, source ?? "plain"]);
    return;
  }
  const from = endsOf(draft, pages, edge, "from");
  into.push(...pairsOf(from, to));
  if (edge.channel === "alias") for (const [one, other] of pairsOf(from, found)) share(draft, one, other);
  if (from.length === 0) unknown(draft, to);
}

function pairsOf(from: readonly string[], to: readonly string[]): readonly (readonly [string, string])[] {
  return from.flatMap((one) => to.map((other) => [one, other] as const));
}

// `{ page: other.page }`: from one instance to another of the same type, which is no flow between positions.
function copiesIn(draft: KindDraft, holder: HolderRun): readonly FlowEdge[] {
  const { pages, solution } = draft;
  const mixed = [...pages.entries].filter(
    ([id, entry]) => solution.labels.get(id) === "mixed" && holderOf(draft, entry) === holder,
  );
  return mixed.flatMap(([id, { node }]) => {
    const member = memberOf(node);
    if (member === undefined) return [];
    return [...holder.files.values()].flatMap((file) =>
      copiesOf(file, member).map((value): FlowEdge => {
        const site = holder.context.positions.siteOf(value);
        return { from: id, to: id, channel: "store", construct: "property", site, enforced: true, nested: false };
      }),
    );
  });
}

import type { ts } from "ts-morph";
import { isRewritten } from "../../../answer/changes.ts";
import type { PositionId } from "../../../graph/graph.ts";
import { pair } from "../../flow/pair.ts";
import type { PairedFlow } from "../../flow/pair-step.ts";
import type { Leaf } from "../../tagging/leaves.ts";
import type { Planner } from "../planner.ts";

/** What a place takes once the answer is applied. */
export type Kind = "plain" | "brand" | "either";

/** What a position takes once the answer is applied: what is written there, or what a source is inferred to be. */
export function kindAfter({ collected, solution, mode }: Planner, id: PositionId): Kind {
  const { position, node } = collected.positions.entries.get(id) ?? {};
  const label = collected.question.wanted?.has(id) === false ? undefined : solution.labels.get(id);
  if (label === undefined || position === undefined || node === undefined) return "plain";
  const isSilent = position.annotation === "inferred" && collected.context.occurrences.isSpelledOut(node);
  const isInferred = isSilent ? mode === "distinct" || label === "brand" : collected.question.producers.includes(id);
  if (!isRewritten(mode, label, position) && !isInferred) return "plain";
  return label === "brand" ? "brand" : "either";
}

/** The flows from one type to another that the compiler will refuse, once the answer is applied and nothing is cast. */
export function refusedFlows(planner: Planner, source: ts.Type, target: ts.Type, at: ts.Node): readonly PairedFlow[] {
  const { flows } = pair(source, target, at, planner.collected.context.test);
  return flows.filter((flow) => flow.enforced && isRefused(planner, flow));
}

/** Will a value of one type be refused where the other one is wanted? */
export function isRefusedAt(planner: Planner, source: ts.Type, target: ts.Type, at: ts.Node): boolean {
  return refusedFlows(planner, source, target, at).length > 0;
}

function isRefused(planner: Planner, { from, to }: PairedFlow): boolean {
  const [given, wanted] = [kindOf(planner, from), kindOf(planner, to)];
  if (wanted === "either" || given === wanted) return false;
  return wanted === "brand" || planner.mode === "distinct";
}

/** What a leaf takes once the answer is applied; what comes from no annotation is plain. */
export function kindOf(planner: Planner, { tags }: Leaf): Kind {
  const kinds = new Set(tags.map((tag) => kindAfter(planner, planner.collected.positions.written(tag))));
  const [only = "plain"] = kinds;
  return kinds.size > 1 ? "either" : only;
}

/** Is it known of the parts of a value what they are? Of what stands for a type parameter or a view it is not. */
export function isKnownInside({ generic, view }: Planner): boolean {
  return generic === undefined && view === undefined;
}

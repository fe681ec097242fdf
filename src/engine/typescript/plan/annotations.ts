import { ts } from "ts-morph";
import { isRewritten, saidFromNowOn } from "../../answer/changes.ts";
import type { Edit, TextChange } from "../../edit.ts";
import type { FlowEdge, PositionId } from "../../graph/graph.ts";
import type { Mode } from "../../migration.ts";
import { adjacency, keptLabels, type Label } from "../../solver/solve.ts";
import type { PositionEntry } from "../positions/positions.ts";
import type { OccurrenceNode } from "../tagging/occurrences.ts";
import { insertedAnnotation } from "./inserted-annotation.ts";
import { localName } from "./local-name.ts";
import type { Planner } from "./planner.ts";

/** An edit for every written position that is reached: the brand, or a union where plain values come too. */
export function planAnnotations(planner: Planner): readonly Edit[] {
  const { graph, positions, question } = planner.collected;
  const edges = adjacency(graph.edges);
  const fixed = new Set(question.fixed);
  const producers = new Set(question.producers);
  const silent = saidFromNowOn(planner.mode, graph, keptLabels(graph, question, planner.solution.labels));
  const isWanted = (id: PositionId) => question.wanted?.has(id) ?? true;
  const edits: Edit[] = [];
  for (const id of new Set([...planner.solution.labels.keys(), ...silent])) {
    const label = planner.solution.labels.get(id) ?? "base";
    const entry = positions.entries.get(id);
    if (entry === undefined) continue;
    const isAsked = isWanted(id) && isEdited(planner.mode, label, entry, producers.has(id));
    if (!isAsked && !silent.has(id)) continue;
    const isRestated = isAsked && entry.position.annotation === "inferred";
    const enforced = silent.has(id)
      ? label !== "brand" || isUsedAsBrand(planner, id, edges)
      : !isRestated && isEnforced(planner, id, edges, fixed);
    const change = changeAt(planner, entry, label);
    if (change === undefined || edits.some((edit) => isInsertedThere(edit, change, entry))) continue;
    const reason = fixed.has(id) ? "branded by definition" : label === "base" ? "stays plain" : reasonOf(planner, id);
    edits.push({
      file: entry.position.site.file,
      ...change,
      position: id,
      kind: isUnion(planner, id, label) ? "union" : "annotation",
      class: enforced ? "forced" : "flow",
      reason,
      enforced,
      test: false,
    });
  }
  return edits;
}

function changeAt(planner: Planner, entry: PositionEntry, label: Label): TextChange | undefined {
  const { annotation, site } = entry.position;
  if (annotation === "inferred") return insertedAnnotation(planner, entry);
  return {
    start: site.start,
    end: site.end,
    text: annotationText(planner, entry.position.id, entry.node as OccurrenceNode, label),
  };
}

function isUnion(planner: Planner, id: PositionId, label: Label): boolean {
  return label === "mixed" && !isReader(planner, id) && planner.generic?.nameAt(id) === undefined;
}

function isReader({ view }: Planner, id: PositionId): boolean {
  return view?.readers.has(id) === true;
}

// A declaration says its type once, however many of its parts ask for it.
function isInsertedThere(edit: Edit, { start, end }: TextChange, { position }: PositionEntry): boolean {
  return start === end && edit.start === start && edit.end === end && edit.file === position.site.file;
}

function isEdited(mode: Mode, label: Label, { position, node }: PositionEntry, isProducer: boolean): boolean {
  // A source whose type was inferred so far says it from now on, though the casts in its body would do.
  if (position.annotation === "inferred") return isProducer && ts.isFunctionLike(node);
  return isRewritten(mode, label, position);
}

function annotationText(planner: Planner, id: PositionId, node: OccurrenceNode, label: Label): string {
  if (isReader(planner, id)) return planner.view?.name ?? "";
  const parameter = planner.generic?.nameAt(id);
  if (parameter !== undefined) return parameter;
  const { adopted } = planner.brand;
  if (adopted !== undefined && ts.findAncestor(node, (each) => each === adopted.alias)) return adopted.type;
  const written = node.getText();
  const name = renamedLast(planner, node);
  if (label === "brand") return name;
  return needsParentheses(node.parent.parent) ? `(${written} | ${name})` : `${written} | ${name}`;
}

// `mm.Page` becomes `mm.UserPage`, `import("./mm").Page<T>` becomes `import("./mm").UserPage<T>`.
function renamedLast(planner: Planner, node: OccurrenceNode): string {
  const name = ts.isTypeReferenceNode(node) ? node.typeName : ts.isImportTypeNode(node) ? node.qualifier : undefined;
  if (name === undefined) return localName(planner, node);
  const written = node.getText();
  const rest = written.slice(name.end - node.getStart());
  if (ts.isIdentifier(name) && !ts.isImportTypeNode(node)) return localName(planner, node) + rest;
  const last = ts.isIdentifier(name) ? name : name.right;
  return written.slice(0, last.getStart() - node.getStart()) + planner.brand.name + rest;
}

// The parent of an occurrence is the node that tags it.
function needsParentheses(parent: ts.Node): boolean {
  return (
    ts.isArrayTypeNode(parent) ||
    ts.isTypeOperatorNode(parent) ||
    ts.isOptionalTypeNode(parent) ||
    ts.isIntersectionTypeNode(parent) ||
    ts.isIndexedAccessTypeNode(parent)
  );
}

function reasonOf(planner: Planner, id: PositionId): string {
  const because = planner.solution.demands.get(id)?.because;
  return because === null || because === undefined
    ? "branded by definition"
    : `${because.edge.construct} from ${because.from}`;
}

// Would the compiler complain if this position alone kept its type?
function isEnforced(
  planner: Planner,
  id: PositionId,
  edges: ReturnType<typeof adjacency>,
  fixed: ReadonlySet<PositionId>,
): boolean {
  const { labels } = planner.solution;
  // What may be of either kind still has one in common with what takes only one.
  const isLoose = (edge: FlowEdge) => comparedEitherWay.has(edge.construct) && labels.get(edge.from) === "mixed";
  const into = (edges.into.get(id) ?? []).filter((edge) => edge.enforced && !comesBack(edge, edges));
  if (planner.mode === "distinct") {
    if (into.some((edge) => labels.has(edge.from) && !isLoose(edge))) return true;
    if (fixed.has(id) && into.length > 0) return true;
  }
  return isUsedAsBrand(planner, id, edges);
}

function isUsedAsBrand(planner: Planner, id: PositionId, edges: ReturnType<typeof adjacency>): boolean {
  const outOf = (edges.outOf.get(id) ?? []).filter((edge) => edge.enforced);
  return outOf.some((edge) => wantsBrand(planner, edge, edges, new Set([id])));
}

// `const same: typeof page = page`: what has its type from there alone is what is there.
function comesBack({ from, to }: FlowEdge, edges: ReturnType<typeof adjacency>): boolean {
  const origins = edges.into.get(from) ?? [];
  return origins.length > 0 && origins.every((edge) => edge.from === to);
}

// A plain value can be asserted or found to be branded; an overload may want more or less than its implementation.
const comparedEitherWay: ReadonlySet<string> = new Set(["cast", "overload", "predicate"]);

// Does the flow end, over inferred positions, where only a branded value is accepted?
function wantsBrand(
  planner: Planner,
  { from, to, construct }: FlowEdge,
  edges: ReturnType<typeof adjacency>,
  seen: Set<PositionId>,
): boolean {
  const { labels } = planner.solution;
  const { graph, question } = planner.collected;
  if (planner.mode === "subtype" && comparedEitherWay.has(construct)) return false;
  if (question.releases.has(to)) return planner.mode === "distinct" && labels.get(from) === "brand";
  if (seen.has(to) || labels.get(to) !== "brand") return false;
  seen.add(to);
  if (graph.positions.get(to)?.annotation !== "inferred") return isWritten(planner, to);
  if (construct !== "inference" && isBrandedBefore(planner, edges.into.get(to) ?? [], from)) return true;
  return (edges.outOf.get(to) ?? []).some((edge) => edge.enforced && wantsBrand(planner, edge, edges, seen));
}

// What was inferred from a branded value takes no plain one afterwards.
function isBrandedBefore({ solution }: Planner, into: readonly FlowEdge[], position: PositionId): boolean {
  const isOther = ({ construct, from }: FlowEdge) => construct === "inference" && from !== position;
  return into.some((edge) => isOther(edge) && solution.labels.get(edge.from) === "brand");
}

function isWritten(planner: Planner, id: PositionId): boolean {
  const { positions, question } = planner.collected;
  const entry = positions.entries.get(id);
  return entry !== undefined && isEdited(planner.mode, "brand", entry, false) && (question.wanted?.has(id) ?? true);
}

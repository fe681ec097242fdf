import { ts } from "ts-morph";
import type { FlowEdge, FlowGraph, PositionId } from "../../graph/graph.ts";
import type { PositionEntry } from "../positions/positions.ts";
import type { HolderRun } from "./holder-run.ts";
import { typeAround } from "./owner.ts";

/** The flows of one type, of pages or of a holder, with the syntax behind them. */
export interface Run {
  readonly name: string;
  readonly graph: FlowGraph;
  readonly entries: ReadonlyMap<PositionId, PositionEntry>;
  /** By their name in the report. */
  readonly files: ReadonlyMap<string, ts.SourceFile>;
}

/** A holder's flows as a run. */
export function runOf({ holder, graph, context, files }: HolderRun): Run {
  return { name: `${holder.fileName}#${holder.name}`, graph, entries: context.positions.entries, files };
}

/** The key of a type's declaration, the same in every reading of the project. */
export function declarationKey(node: ts.Node): string {
  return `${node.getSourceFile().fileName} ${node.getStart()}`;
}

/** What a callback is called with is not kept by that. */
export function isOfCallback({ entries }: Run, id: PositionId): boolean {
  const isCallback = (node: ts.Node) => ts.isFunctionTypeNode(node) || ts.isMethodSignature(node);
  return ts.findAncestor(entries.get(id)?.node, isCallback) !== undefined;
}

/** Does the flow leave the project? */
export function isOutside({ graph }: Run, { from, to }: FlowEdge): boolean {
  return [from, to].some((id) => graph.positions.get(id)?.annotation === "external");
}

/** The member of its type that a position belongs to. */
export function memberOf(node: ts.Node): string | undefined {
  const top = typeAround(node);
  const list = top !== undefined && ts.isTypeAliasDeclaration(top) ? top.type : top;
  const member = ts.findAncestor(node, (each) => each.parent === list);
  return member !== undefined && (ts.isTypeElement(member) || ts.isClassElement(member))
    ? member.name?.getText()
    : undefined;
}

/** What a literal becomes that nothing is wanted of where it stands, such as one that a callback returns. */
export function madeAround({ graph, entries }: Run, { file, start, end }: FlowEdge["site"]): FlowEdge | undefined {
  const around = graph.edges.filter(
    ({ from, site }) =>
      entries.get(from)?.position.kind === "creation" && site.file === file && site.start <= start && end <= site.end,
  );
  return around.sort((a, b) => a.site.end - a.site.start - (b.site.end - b.site.start))[0];
}

import { ts } from "ts-morph";
import type { Edit } from "../../edit.ts";
import type { FlowEdge, Site } from "../../graph.ts";
import { untagged } from "../tag.ts";
import type { Planner } from "./planner.ts";

/** The value at a flow, asserted to be of a type; none when the flow is not at an expression. */
export function castEdit(planner: Planner, edge: FlowEdge, type: string, reason: string): readonly Edit[] {
  const file = planner.sourceOf.get(edge.site.file);
  const value = file === undefined ? undefined : expressionAt(file, edge.site);
  if (value === undefined) return [];
  const as = assertion(planner, value, edge, type);
  const test = planner.collected.positions.entries.get(edge.to)?.position.test ?? false;
  const made = (start: number, end: number, text: string): readonly Edit[] => {
    const { enforced, site, to: position } = edge;
    return [{ file: site.file, start, end, text, position, kind: "cast", class: "boundary", reason, enforced, test }];
  };
  if (ts.isShorthandPropertyAssignment(value.parent)) return made(value.end, value.end, `: ${value.getText()} ${as}`);
  if (!bindsLoosely(value)) return made(value.end, value.end, ` ${as}`);
  return made(value.getStart(), value.end, `(${value.getText()}) ${as}`);
}

function assertion(planner: Planner, value: ts.Expression, edge: FlowEdge, type: string): string {
  if (edge.nested) return `as unknown as ${containerType(planner, value, type)}`;
  const wanted = [type, ...absences(planner.checker.getTypeAtLocation(value))].join(" | ");
  // A primitive is comparable to its brand; an object without the phantom member is not.
  const isComparable = planner.mode === "subtype" && planner.collected.base.kind === "primitive";
  return isComparable ? `as ${wanted}` : `as unknown as ${wanted}`;
}

// What the value may be instead, and still is after the assertion.
function absences(type: ts.Type): readonly string[] {
  const flags = type.isUnion() ? type.types.map((member) => member.flags) : [type.flags];
  const isSome = (flag: ts.TypeFlags) => flags.some((each) => (each & flag) !== 0);
  return [...(isSome(ts.TypeFlags.Null) ? ["null"] : []), ...(isSome(ts.TypeFlags.Undefined) ? ["undefined"] : [])];
}

// The type the context wants, with every occurrence of the base in it written as `type`.
function containerType(planner: Planner, value: ts.Expression, type: string): string {
  const wanted = planner.checker.getContextualType(value) ?? planner.checker.getTypeAtLocation(value);
  return untagged(planner.checker.typeToString(wanted, value, ts.TypeFormatFlags.NoTruncation), type);
}

function expressionAt(file: ts.SourceFile, site: Site): ts.Expression | undefined {
  let found: ts.Expression | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > site.start || node.end < site.end) return;
    if (node.getStart(file) === site.start && node.end === site.end && ts.isExpression(node)) found ??= node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found !== undefined && ts.isNonNullExpression(found.parent) ? found.parent : found;
}

function bindsLoosely(value: ts.Expression): boolean {
  return (
    ts.isBinaryExpression(value) ||
    ts.isConditionalExpression(value) ||
    ts.isArrowFunction(value) ||
    ts.isYieldExpression(value)
  );
}

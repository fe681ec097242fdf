import { ts } from "ts-morph";
import type { Edit } from "../../edit.ts";
import type { FlowEdge, Site } from "../../graph.ts";
import { isJavaScript } from "../annotation.ts";
import { untagged } from "../tag.ts";
import { baseAt, brandAt } from "./brand-name.ts";
import type { Planner } from "./planner.ts";

/** The value at a flow, asserted to be of a type; none when the flow is not at an expression. */
export function castEdit(planner: Planner, edge: FlowEdge, type: string, reason: string): readonly Edit[] {
  const file = planner.sourceOf.get(edge.site.file);
  const value = file === undefined ? undefined : expressionAt(file, edge.site);
  if (value === undefined) return [];
  const { brand, collected } = planner;
  const name = type === brand.name ? brandAt(brand, value) : baseAt(collected.base, value);
  const types = assertedTypes(planner, value, edge, name);
  const test = planner.collected.positions.entries.get(edge.to)?.position.test ?? false;
  const made = (start: number, end: number, text: string): readonly Edit[] => {
    const { enforced, site, to: position } = edge;
    return [{ file: site.file, start, end, text, position, kind: "cast", class: "boundary", reason, enforced, test }];
  };
  const as = types.map((each) => `as ${each}`).join(" ");
  const isShorthand = ts.isShorthandPropertyAssignment(value.parent);
  if (isJavaScript(value)) {
    const text = types.reduce((inner, each) => `/** @type {${each}} */ (${inner})`, value.getText());
    return isShorthand ? made(value.end, value.end, `: ${text}`) : made(value.getStart(), value.end, text);
  }
  if (isShorthand) return made(value.end, value.end, `: ${value.getText()} ${as}`);
  if (ts.isJsxAttribute(value.parent)) return made(value.getStart(), value.end, `{${value.getText()} ${as}}`);
  const operand = bindsLoosely(value) ? `(${value.getText()})` : value.getText();
  if (isOperand(value)) return made(value.getStart(), value.end, `(${operand} ${as})`);
  if (!bindsLoosely(value)) return made(value.end, value.end, ` ${as}`);
  return made(value.getStart(), value.end, `${operand} ${as}`);
}

// One after the other.
function assertedTypes(planner: Planner, value: ts.Expression, edge: FlowEdge, type: string): readonly string[] {
  if (edge.nested) return ["unknown", containerType(planner, value, type)];
  const wanted = [type, ...absences(planner.checker.getTypeAtLocation(value))].join(" | ");
  // A primitive is comparable to its brand; an object without the phantom member is not.
  const isComparable = planner.mode === "subtype" && planner.collected.base.kind === "primitive";
  return isComparable ? [wanted] : ["unknown", wanted];
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

// Where an assertion would be taken apart by what stands around it.
function isOperand(value: ts.Expression): boolean {
  const { parent } = value;
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) return parent.expression === value;
  if (ts.isBinaryExpression(parent)) return !isAssignment(parent.operatorToken.kind) || parent.left === value;
  return ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent) || ts.isTypeOfExpression(parent);
}

function isAssignment(operator: ts.SyntaxKind): boolean {
  return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
}

function bindsLoosely(value: ts.Expression): boolean {
  return (
    ts.isBinaryExpression(value) ||
    ts.isConditionalExpression(value) ||
    ts.isArrowFunction(value) ||
    ts.isYieldExpression(value)
  );
}

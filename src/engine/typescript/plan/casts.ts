import { ts } from "ts-morph";
import { isRewritten } from "../../answer/changes.ts";
import type { Edit, TextChange } from "../../edit.ts";
import type { FlowEdge, PositionId, Site } from "../../graph/graph.ts";
import { isJavaScript } from "../syntax/annotation.ts";
import { isSilenced } from "../syntax/silenced.ts";
import { alternatives } from "../tagging/leaves.ts";
import { absences } from "./absences.ts";
import { membersAsserted } from "./cast-members.ts";
import { assertedText, calledText, needsContext, outermost } from "./cast-text.ts";
import { localBaseName, localName } from "./local-name.ts";
import { mintReason, mintReasonText } from "./mint-reason.ts";
import type { Planner } from "./planner.ts";
import { printedType } from "./printed-type.ts";

/** The value at a flow, asserted to be plain; none when the flow is not at an expression. */
export function exitEdit(planner: Planner, edge: FlowEdge, reason: string): readonly Edit[] {
  const value = valueAt(planner, edge.site);
  if (value === undefined) return [];
  return madeAt("cast", edge, castText(planner, edge, value, localBaseName(planner, value)), reason);
}

/** A plain value made a branded one: by a cast, or by the mint helper in test code. */
export function mintEdit(planner: Planner, edge: FlowEdge): readonly Edit[] {
  // Of what lies inside a value and is not checked, such as a method's parameter, nothing complains: no cast of the whole.
  if (edge.nested && !edge.enforced) return [];
  const value = valueAt(planner, edge.site);
  // A comment that expects a complaint would miss it.
  if (value === undefined || isSilenced(value)) return [];
  const reason = `a plain value becomes a branded one: ${mintReasonText[mintReason(planner, edge, value)]}`;
  const type = localName(planner, value);
  const called = helperText(planner, edge, value);
  if (called !== undefined) return madeAt("mint-call", edge, called, reason);
  return madeAt("cast", edge, castText(planner, edge, value, type), reason);
}

function madeAt(
  kind: "cast" | "mint-call",
  edge: FlowEdge,
  change: TextChange | undefined,
  reason: string,
): readonly Edit[] {
  if (change === undefined) return [];
  const { enforced, site, to: position } = edge;
  return [{ file: site.file, ...change, position, kind, class: "boundary", reason, enforced, test: false }];
}

// A value that may be missing stays a cast: the helper takes what is there.
function helperText(planner: Planner, edge: FlowEdge, value: ts.Expression): TextChange | undefined {
  const { helper, collected } = planner;
  const file = value.getSourceFile();
  if (helper === undefined || edge.nested || isJavaScript(file) || !collected.positions.isTest(file)) return undefined;
  const type = planner.checker.getTypeAtLocation(value);
  return absences(type).length > 0 ? undefined : calledText(value, helper.name);
}

function castText(planner: Planner, edge: FlowEdge, value: ts.Expression, name: string): TextChange | undefined {
  if (edge.member !== undefined) return assertedText(value, membersAsserted(planner, edge, value, name));
  const type = typeText(planner, edge, value, name);
  const { base } = planner.collected;
  // A primitive is comparable to its brand; an object without the phantom member is not.
  const isComparable = planner.mode === "subtype" && base.kind === "primitive" && !edge.nested;
  if (isComparable) return assertedText(value, { type, through: [] });
  const plainName = localBaseName(planner, value);
  const plain = needsContext(value) && name !== plainName ? [typeText(planner, edge, value, plainName)] : [];
  return assertedText(value, { type, through: [...plain, "unknown"] });
}

function typeText(planner: Planner, edge: FlowEdge, value: ts.Expression, name: string): string {
  if (edge.nested) return containerText(planner, edge, value, name);
  return [alone(planner, value, name), ...absences(planner.checker.getTypeAtLocation(value))].join(" | ");
}

// The base is `name` in it where the flow ends, and elsewhere as the answer has it.
function containerText(planner: Planner, edge: FlowEdge, value: ts.Expression, name: string): string {
  const { positions } = planner.collected;
  const isWritten = positions.entries.get(edge.to)?.position.annotation === "written";
  const isGiven = givenTo(planner, value).has(edge.from);
  return printedType(planner, contextOf(planner, value), value, (tag) => {
    const id = positions.written(tag);
    if (isGiven && id === edge.from) return givenName(planner, value, id);
    // What was inferred has no tag of its own; its origins are then all there is.
    return !isWritten || id === edge.from || id === edge.to ? name : nameAfter(planner, value, id);
  });
}

// Where the brand is kept to some positions, what the function is called with may have been cast on its way here, or not:
// a function that takes either kind can be passed in both cases.
function givenName(planner: Planner, value: ts.Expression, id: PositionId): string {
  if (planner.collected.question.wanted === undefined) return nameAfter(planner, value, id);
  return `(${localBaseName(planner, value)} | ${localName(planner, value)})`;
}

// What a function is called with where it is passed: there the flow begins in the type that is wanted, not in the value.
function givenTo(planner: Planner, value: ts.Expression): ReadonlySet<PositionId> {
  const { checker, collected } = planner;
  const wanted = checker.getContextualType(value);
  const signatures = wanted === undefined ? [] : checker.getNonNullableType(wanted).getCallSignatures();
  const given = new Set<PositionId>();
  for (const parameter of signatures.flatMap(({ parameters }) => parameters)) {
    printedType(planner, checker.getTypeOfSymbolAtLocation(parameter, value), value, (tag) => {
      given.add(collected.positions.written(tag));
      return "";
    });
  }
  return given;
}

/** How a written position is called once the answer is applied. */
export function nameAfter(planner: Planner, at: ts.Node, id: PositionId): string {
  const { collected, solution, mode } = planner;
  const parameter = planner.generic?.nameAt(id);
  if (parameter !== undefined) return parameter;
  const plain = localBaseName(planner, at);
  const position = collected.positions.entries.get(id)?.position;
  const label = collected.question.wanted?.has(id) === false ? undefined : solution.labels.get(id);
  if (label === undefined || position === undefined || !isRewritten(mode, label, position)) return plain;
  return label === "brand" ? localName(planner, at) : `(${plain} | ${localName(planner, at)})`;
}

// A brand of a generic base has the type arguments that the context, or the value, gives the base.
function alone(planner: Planner, value: ts.Expression, name: string): string {
  if (!planner.brand.isGeneric) return name;
  const plain = `${planner.collected.base.name}<`;
  const printed = alternatives(contextOf(planner, value)).map((each) => printedType(planner, each, value, () => name));
  const wanted = printed.map((text) => (text.startsWith(plain) ? `${name}<${text.slice(plain.length)}` : text));
  return wanted.find((text) => text.startsWith(`${name}<`) && text.endsWith(">")) ?? name;
}

function contextOf({ checker }: Planner, value: ts.Expression): ts.Type {
  return checker.getContextualType(value) ?? checker.getTypeAtLocation(value);
}

function valueAt(planner: Planner, site: Site): ts.Expression | undefined {
  const file = planner.sourceOf.get(site.file);
  return file === undefined ? undefined : expressionAt(file, site);
}

// The name of a parameter or variable is where a value arrives, and no value itself.
function isDeclaredName(node: ts.Node): boolean {
  const { parent } = node;
  const isDeclaration = ts.isParameter(parent) || ts.isVariableDeclaration(parent) || ts.isBindingElement(parent);
  return isDeclaration && parent.initializer !== node;
}

function expressionAt(file: ts.SourceFile, site: Site): ts.Expression | undefined {
  let found: ts.Expression | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > site.start || node.end < site.end) return;
    const isThere = node.getStart(file) === site.start && node.end === site.end;
    if (isThere && ts.isExpression(node) && !isDeclaredName(node)) found ??= node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found === undefined ? undefined : outermost(found);
}

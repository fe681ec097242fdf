import { ts } from "ts-morph";
import type { Edit, TextChange } from "../../../edit.ts";
import { type FlowEdge, siteKey } from "../../../graph/graph.ts";
import { isJavaScript } from "../../syntax/annotation.ts";
import { isSilenced } from "../../syntax/silenced.ts";
import { alternatives } from "../../tagging/leaves.ts";
import { localBaseName } from "../local-base-name.ts";
import { localName } from "../local-name.ts";
import type { Planner } from "../planner.ts";
import { printedType } from "../printed-type.ts";
import { absences } from "./absences.ts";
import { allBranches } from "./cast-branches.ts";
import { constantBehind } from "./cast-constant.ts";
import { contextOf } from "./cast-context.ts";
import { calledList, listAsserted } from "./cast-list.ts";
import { membersAsserted } from "./cast-members.ts";
import type { CastPart } from "./cast-part.ts";
import { partsOf } from "./cast-parts.ts";
import { spreadAsserted } from "./cast-spread.ts";
import {
  type Assertion,
  assertedOperand,
  assertedText,
  calledText,
  needsContext,
  type Operands,
  operandText,
} from "./cast-text.ts";
import { typeText } from "./cast-types.ts";
import { isAssertable } from "./comparable.ts";
import { isKnownInside, kindOf, refusedFlows } from "./kinds.ts";
import { mintReason, mintReasonText } from "./mint-reason.ts";
import { assertedKey, type NamedKey, namedKey } from "./named-key.ts";
import { expressionAt, nodeAt } from "./node-at.ts";

/** The value at a flow, asserted to be plain; none when the flow is not at an expression. */
export function exitEdit(planner: Planner, edge: FlowEdge, reason: string): readonly Edit[] {
  const value = valueAt(planner, edge);
  if (value === undefined) return [];
  if (edge.construct === "mapped-type") {
    // What has been mapped member by member was the brand, and has nothing in common with it.
    const assertion = { type: localName(planner, value), through: ["unknown"] };
    return madeAt("cast", edge, written(assertedText(value, assertion)), "mapped member by member");
  }
  const type = literalsWanted(planner, value) ?? localBaseName(planner, value);
  return madeAt("cast", edge, castTexts(planner, edge, value, type), reason);
}

// What a test has shown to be a literal is wanted as no more than the base.
function literalsWanted(planner: Planner, value: ts.Expression): string | undefined {
  const wanted = planner.checker.getNonNullableType(contextOf(planner, value));
  if (planner.checker.isTypeAssignableTo(planner.checker.getTypeAtLocation(value), wanted)) return undefined;
  const literals = alternatives(wanted).filter((each) => each.isLiteral());
  const types = literals.length === alternatives(wanted).length ? [wanted] : literals;
  const texts = types.map((each) => printedType(planner, each, value, () => localBaseName(planner, value)));
  return texts.length === 0 ? undefined : texts.join(" | ");
}

/** The edges out of the brand that are cast, by their sites. */
export type ExitAt = ReadonlyMap<string, FlowEdge>;

/** A plain value made a branded one: by a cast, or by the mint helper in test code. */
export function mintEdit(planner: Planner, edge: FlowEdge, exitAt: ExitAt): readonly Edit[] {
  // Of what lies inside a value and is not checked, such as a method's parameter, nothing complains: no cast of the whole.
  // Nor does it of what `++` makes of a brand, or of what `Object.assign` stores.
  if (!edge.enforced && (edge.nested || unlooked.has(edge.construct))) return [];
  const key = keyAt(planner, edge);
  if (key !== undefined) return keyEdit(planner, edge, key);
  const used = valueAt(planner, edge);
  // A comment that expects a complaint would miss it.
  if (used === undefined || isSilenced(used)) return [];
  const value = edge.nested ? used : startOf(planner, used);
  const reason = `a plain value becomes a branded one: ${mintReasonText[mintReason(planner, edge, value)]}`;
  const type = localName(planner, value);
  const called = helperText(planner, edge, value);
  if (called !== undefined) return madeAt("mint-call", edge, [called], reason);
  const stored = edge.construct === "operator" ? operandsOf(planner, exitAt) : undefined;
  return madeAt("cast", edge, castTexts(planner, edge, value, type, stored), reason);
}

const unlooked: ReadonlySet<string> = new Set(["operator", "object-assign"]);

// What `balance -= fee` makes of the two is made of both without their brands.
function operandsOf(planner: Planner, exitAt: ExitAt): Operands {
  const { positions, base } = planner.collected;
  return {
    read: (operand) => {
      const exit = exitAt.get(siteKey(positions.siteOf(operand)));
      if (exit === undefined) return operandText(operand);
      const part = { value: operand, wanted: contextOf(planner, operand), nested: false };
      return assertedOperand(operand, assertionOf(planner, exit, part, localBaseName(planner, operand)));
    },
    one: base.name === "bigint" ? "1n" : "1",
  };
}

function keyEdit(planner: Planner, edge: FlowEdge, key: NamedKey): readonly Edit[] {
  if (isSilenced(key)) return [];
  const reason = `a plain value becomes a branded one: ${mintReasonText.literal}`;
  const isNumber = planner.collected.base.name === "number";
  return madeAt("cast", edge, [assertedKey(key, localName(planner, key), isNumber)], reason);
}

// One assertion where a constant starts serves all its uses.
function startOf(planner: Planner, value: ts.Expression): ts.Expression {
  const constant = constantBehind(planner, value);
  return constant === undefined || constant.uses < 2 ? value : constant.initializer;
}

function madeAt(
  kind: "cast" | "mint-call",
  edge: FlowEdge,
  changes: readonly TextChange[],
  reason: string,
): readonly Edit[] {
  const { enforced, site, to: position } = edge;
  return changes.map(({ start, end, text }) => {
    const change = { file: site.file, start, end, text, position };
    return { ...change, kind, class: "boundary", reason, enforced, test: false };
  });
}

// A value that may be missing stays a cast: the helper takes what is there.
function helperText(planner: Planner, edge: FlowEdge, value: ts.Expression): TextChange | undefined {
  const { helper, collected } = planner;
  const file = value.getSourceFile();
  const isList = edge.nested || ts.isSpreadElement(value.parent);
  if (helper === undefined || isList || isJavaScript(file) || !collected.positions.isTest(file)) return undefined;
  const type = planner.checker.getTypeAtLocation(value);
  return absences(type).length > 0 ? undefined : calledText(value, helper.name);
}

function castTexts(
  planner: Planner,
  edge: FlowEdge,
  value: ts.Expression,
  name: string,
  stored?: Operands,
): readonly TextChange[] {
  if (edge.member !== undefined) return written(assertedText(value, membersAsserted(planner, edge, value, name)));
  const spread = isKnownInside(planner) ? spreadAsserted(planner, edge, value) : undefined;
  if (spread !== undefined) return written(assertedText(value, spread));
  const wanted = contextOf(planner, value);
  const whole: CastPart = { value, wanted, nested: edge.nested };
  const parts = edge.nested && isOfMintsAlone(planner, whole) ? partsBehind(planner, whole) : [];
  return (parts.length > 0 ? parts : [whole]).flatMap((part) => {
    const called = part.nested && isKnownInside(planner) ? calledList(planner, part) : undefined;
    if (called === undefined) {
      return written(assertedText(part.value, assertionOf(planner, edge, part, name), stored));
    }
    return written(assertedText(called.list, listAsserted(planner, called)));
  });
}

// What a constant is made of stands where it starts.
function partsBehind(planner: Planner, { value, wanted }: CastPart): readonly CastPart[] {
  const constant = constantBehind(planner, value);
  const made = constant === undefined ? undefined : partsOf(planner, constant.initializer, wanted);
  const isInside = made?.every((part) => !part.nested && part.value !== constant?.initializer) === true;
  return made !== undefined && made.length > 0 && isInside ? made : (partsOf(planner, value, wanted) ?? []);
}

// Where some parts of a value are made plain and others branded, it is asserted as a whole.
function isOfMintsAlone(planner: Planner, { value, wanted }: CastPart): boolean {
  if (!isKnownInside(planner)) return false;
  const refused = refusedFlows(planner, planner.checker.getTypeAtLocation(value), wanted, value.parent);
  return refused.every(({ to }) => kindOf(planner, to) === "brand");
}

function written(change: TextChange | undefined): readonly TextChange[] {
  return change === undefined ? [] : [change];
}

function assertionOf(planner: Planner, edge: FlowEdge, part: CastPart, name: string): Assertion {
  const type = typeText(planner, edge, part, name);
  if (isAssertable(planner, edge, part)) return { type, through: [] };
  const { base } = planner.collected;
  const plainName = localBaseName(planner, part.value);
  // Whatever is a primitive at least can be asserted as one.
  if (planner.mode === "subtype" && base.kind === "primitive" && !part.nested) {
    return { type, through: [typeText(planner, edge, part, plainName)] };
  }
  const isOpen = needsContext(part.value) && name !== plainName;
  const plain = isOpen ? [typeText(planner, edge, part, plainName)] : [];
  return { type, through: [...plain, "unknown"] };
}

function keyAt({ sourceOf }: Planner, { site, construct }: FlowEdge): NamedKey | undefined {
  const file = construct === "index-key" ? sourceOf.get(site.file) : undefined;
  return file === undefined ? undefined : nodeAt(file, site, namedKey);
}

function valueAt(planner: Planner, edge: FlowEdge): ts.Expression | undefined {
  const file = planner.sourceOf.get(edge.site.file);
  const value = file === undefined ? undefined : expressionAt(file, edge.site);
  return value === undefined ? undefined : allBranches(planner, edge, value);
}

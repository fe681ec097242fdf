import { ts } from "ts-morph";
import type { FlowEdge } from "../../../graph/graph.ts";
import { iteratedTypes } from "../../types/iterated.ts";
import { parameterType } from "../../types/signature.ts";
import type { Planner } from "../planner.ts";
import { printedType } from "../printed-type.ts";
import { absences } from "./absences.ts";
import { choicesAround } from "./cast-branches.ts";
import { elementType } from "./cast-part.ts";
import type { Assertion } from "./cast-text.ts";
import { nameAfter } from "./cast-types.ts";
import { passesUnrefused } from "./comparable.ts";
import { isRefusedAt } from "./kinds.ts";
import { listed } from "./listed.ts";

/**
 * What is spread into the arguments of a call or into a list, or iterated into what stands outside the loop, with those of its elements
 * changed that are refused there: a list stays one, and a tuple keeps its slots. Undefined for any other value, and where
 * nothing is refused.
 */
export function spreadAsserted(planner: Planner, edge: FlowEdge, value: ts.Expression): Assertion | undefined {
  const { checker } = planner;
  const wantedAt = wantedBy(planner, edge, value);
  if (wantedAt === undefined) return undefined;
  const given = checker.getTypeAtLocation(value);
  const type = checker.getNonNullableType(given);
  const elements = isTuple(type, checker) ? checker.getTypeArguments(type) : iteratedTypes(type, value, checker);
  const refused = elements.map((own, i) => ({ own, taken: takenAt(planner, value, own, wantedAt(i)) }));
  const isSeen = refused.some(({ own, taken }) => own !== taken);
  if (!isSeen && edge.nested) return undefined;
  // What the list was inferred from says nothing of what it holds from now on.
  const slots = isSeen ? refused : elements.map((own, i) => ({ own, taken: wantedAt(i) ?? own }));
  const texts = slots.map(({ own, taken }) => slotText(planner, value, own, taken));
  const isDirect = slots.every(({ own, taken }) => own === taken || passesUnrefused(planner, taken, own, value));
  const iterable = ts.isForOfStatement(value.parent) && value.parent.awaitModifier ? "AsyncIterable" : "Iterable";
  const text = spreadText(type, texts, checker, iterable);
  return { type: [text, ...absences(given)].join(" | "), through: isDirect ? [] : ["unknown"] };
}

// What each element of a value has to be where it goes.
function wantedBy(
  planner: Planner,
  edge: FlowEdge,
  value: ts.Expression,
): ((i: number) => ts.Type | undefined) | undefined {
  const { parent } = value;
  if (ts.isForOfStatement(parent) && !ts.isVariableDeclarationList(parent.initializer)) {
    const assigned = planner.checker.getTypeAtLocation(parent.initializer);
    return () => assigned;
  }
  const spread = choicesAround(value).at(-1)?.parent ?? parent;
  // What lies inside of the elements of a list is asserted where they are made.
  const isMadeElsewhere = edge.nested && ts.isArrayLiteralExpression(spread.parent);
  return ts.isSpreadElement(spread) && !isMadeElsewhere ? wantedOf(planner, spread) : undefined;
}

function wantedOf(planner: Planner, spread: ts.SpreadElement): ((i: number) => ts.Type | undefined) | undefined {
  const { checker } = planner;
  const { parent } = spread;
  if (ts.isArrayLiteralExpression(parent)) {
    const wanted = checker.getContextualType(parent);
    const first = parent.elements.indexOf(spread);
    return wanted === undefined ? undefined : (i) => elementType(planner, wanted, first + i);
  }
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return undefined;
  const signature = checker.getResolvedSignature(parent);
  const first = parent.arguments?.indexOf(spread) ?? 0;
  return (i) => (signature === undefined ? undefined : parameterType(signature, first + i, parent, checker));
}

function takenAt(planner: Planner, at: ts.Node, own: ts.Type, wanted: ts.Type | undefined): ts.Type {
  const isTaken = wanted !== undefined && isRefusedAt(planner, own, wanted, at);
  return isTaken ? planner.checker.getNonNullableType(wanted) : own;
}

function slotText(planner: Planner, value: ts.Expression, own: ts.Type, taken: ts.Type): string {
  const { positions } = planner.collected;
  const text = printedType(planner, taken, value, (tag) => nameAfter(planner, value, positions.written(tag)));
  return own === taken ? text : [text, ...absences(own)].join(" | ");
}

function spreadText(type: ts.Type, texts: readonly string[], checker: ts.TypeChecker, iterable: string): string {
  if (isTuple(type, checker)) {
    const { elementFlags, readonly } = type.target;
    const slots = texts.map((text, i) => slotAs(text, elementFlags[i] ?? ts.ElementFlags.Required));
    return `${readonly ? "readonly " : ""}[${slots.join(", ")}]`;
  }
  const text = texts.join(" | ");
  if (!checker.isArrayType(type)) return `${iterable}<${text}>`;
  return `${type.symbol.name === "ReadonlyArray" ? "readonly " : ""}${listed(text)}`;
}

function slotAs(text: string, flags: ts.ElementFlags): string {
  if ((flags & ts.ElementFlags.Optional) !== 0) return `(${text})?`;
  if ((flags & ts.ElementFlags.Rest) !== 0) return `...${listed(text)}`;
  return (flags & ts.ElementFlags.Variadic) !== 0 ? `...${text}` : text;
}

function isTuple(type: ts.Type, checker: ts.TypeChecker): type is ts.TupleTypeReference {
  return checker.isTupleType(type);
}

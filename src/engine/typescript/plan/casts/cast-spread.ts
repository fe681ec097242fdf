import { ts } from "ts-morph";
import { iteratedTypes } from "../../types/iterated.ts";
import { parameterType } from "../../types/signature.ts";
import type { Planner } from "../planner.ts";
import { printedType } from "../printed-type.ts";
import { absences } from "./absences.ts";
import type { Assertion } from "./cast-text.ts";
import { nameAfter } from "./cast-types.ts";
import { passesUnrefused } from "./comparable.ts";
import { isRefusedAt } from "./kinds.ts";
import { listed } from "./listed.ts";

/**
 * What is spread into the arguments of a call, with those of its elements changed that are refused there: a list stays
 * one, and a tuple keeps its slots. Undefined for any other value, and where nothing that is spread is refused.
 */
export function spreadAsserted(planner: Planner, value: ts.Expression): Assertion | undefined {
  const { checker } = planner;
  const spread = value.parent;
  const call = spread.parent;
  if (!ts.isSpreadElement(spread) || !(ts.isCallExpression(call) || ts.isNewExpression(call))) return undefined;
  const type = checker.getTypeAtLocation(value);
  const elements = isTuple(type, checker) ? checker.getTypeArguments(type) : iteratedTypes(type, value, checker);
  const slots = elements.map((own, i) => ({ own, taken: takenAt(planner, spread, call, own, i) }));
  if (slots.every(({ own, taken }) => own === taken)) return undefined;
  const texts = slots.map(({ own, taken }) => slotText(planner, value, own, taken));
  const isDirect = slots.every(({ own, taken }) => own === taken || passesUnrefused(planner, taken, own, value));
  return { type: spreadText(type, texts, checker), through: isDirect ? [] : ["unknown"] };
}

// What the call takes in a place, where it would refuse what is spread there.
function takenAt(
  planner: Planner,
  spread: ts.SpreadElement,
  call: ts.CallExpression | ts.NewExpression,
  own: ts.Type,
  i: number,
): ts.Type {
  const { checker } = planner;
  const signature = checker.getResolvedSignature(call);
  const first = call.arguments?.indexOf(spread) ?? 0;
  const wanted = signature === undefined ? undefined : parameterType(signature, first + i, call, checker);
  return wanted !== undefined && isRefusedAt(planner, own, wanted, spread) ? checker.getNonNullableType(wanted) : own;
}

function slotText(planner: Planner, value: ts.Expression, own: ts.Type, taken: ts.Type): string {
  const { positions } = planner.collected;
  const text = printedType(planner, taken, value, (tag) => nameAfter(planner, value, positions.written(tag)));
  return own === taken ? text : [text, ...absences(own)].join(" | ");
}

function spreadText(type: ts.Type, texts: readonly string[], checker: ts.TypeChecker): string {
  if (isTuple(type, checker)) {
    const { elementFlags, readonly } = type.target;
    const slots = texts.map((text, i) => slotAs(text, elementFlags[i] ?? ts.ElementFlags.Required));
    return `${readonly ? "readonly " : ""}[${slots.join(", ")}]`;
  }
  const text = texts.join(" | ");
  if (!checker.isArrayType(type)) return `Iterable<${text}>`;
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

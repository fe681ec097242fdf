import { ts } from "ts-morph";
import type { FlowEdge, PositionId } from "../../../graph/graph.ts";
import { alternatives, leafOf } from "../../tagging/leaves.ts";
import type { Tag } from "../../tagging/tag.ts";
import { wantedSignatures } from "../../types/signature.ts";
import { localBaseName } from "../local-base-name.ts";
import { localName } from "../local-name.ts";
import type { Planner } from "../planner.ts";
import { printedType } from "../printed-type.ts";
import { absences } from "./absences.ts";
import { isEither } from "./cast-branches.ts";
import type { CastPart } from "./cast-part.ts";
import { functionText, passedFunction } from "./function-text.ts";
import { kindAfter } from "./kinds.ts";
import { listed } from "./listed.ts";
import { type OwnContainer, ownContainer } from "./own-container.ts";

/** The type to assert a value as, so that the base is called `name` where the flow ends. */
export function typeText(planner: Planner, edge: FlowEdge, part: CastPart, name: string): string {
  if (part.nested) return containerText(planner, edge, part, name);
  const given = planner.checker.getTypeAtLocation(part.value);
  return [alone(planner, part, name), ...others(planner, part, given), ...absences(given)].join(" | ");
}

// `find() as string | Repository`: the declared type of a variable is narrowed to what it is given.
function others(planner: Planner, { value }: CastPart, given: ts.Type): readonly string[] {
  if (!isStored(value)) return [];
  const { checker, collected } = planner;
  const all = alternatives(checker.getNonNullableType(given));
  const rest = all.filter((each) => leafOf(each, collected.context.test) === undefined);
  if (rest.length === all.length) return [];
  const texts = rest.map((each) => printedType(planner, each, value, () => collected.base.name));
  const isBoolean = texts.includes("true") && texts.includes("false");
  return isBoolean ? [...texts.filter((text) => text !== "true" && text !== "false"), "boolean"] : texts;
}

function isStored({ parent }: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(parent) || ts.isConditionalExpression(parent)) return isStored(parent);
  if (isEither(parent)) return isStored(parent);
  if (ts.isVariableDeclaration(parent)) return true;
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

// The base is `name` in it where the flow ends, and elsewhere as the answer has it.
function containerText(planner: Planner, edge: FlowEdge, { value, wanted }: CastPart, name: string): string {
  const { positions } = planner.collected;
  const isWritten = positions.entries.get(edge.to)?.position.annotation === "written";
  const isGiven = givenTo(planner, value).has(edge.from);
  const nameOf = (tag: Tag) => {
    const id = positions.written(tag);
    if (isGiven && id === edge.from) return givenName(planner, value, id);
    // What was inferred has no tag of its own; its origins are then all there is.
    return !isWritten || id === edge.from || id === edge.to ? name : nameAfter(planner, value, id);
  };
  const text = wantedText(planner, value, wanted, nameOf);
  const passed = isName(text) ? undefined : passedFunction(planner, value, wanted);
  return passed === undefined || passed.isPredicate
    ? text
    : functionText(planner, passed, nameOf, heldName(planner, value, edge.from));
}

function isName(text: string): boolean {
  return /^(?:import\("[^"]+"\)\.)?[\w$.]+$/.test(text);
}

// Of what is wanted, what the value is.
function wantedText(planner: Planner, value: ts.Expression, wanted: ts.Type, nameOf: (tag: Tag) => string): string {
  const { checker } = planner;
  const type = checker.getTypeAtLocation(value);
  const bare = checker.getNonNullableType(type);
  const isFit = (each: ts.Type) =>
    isObject(each) && (checker.isTypeAssignableTo(bare, each) || ownContainer(bare, each, checker) !== undefined);
  const fitting = alternatives(wanted).filter(isFit);
  const [only] = fitting;
  if (only === undefined || fitting.length > 1) return printedType(planner, wanted, value, nameOf);
  const own = ownContainer(bare, only, checker);
  const text = own === undefined ? printedType(planner, only, value, nameOf) : ownText(planner, value, own, nameOf);
  return [text, ...absences(type)].join(" | ");
}

function isObject({ flags }: ts.Type): boolean {
  return (flags & ts.TypeFlags.StructuredType) !== 0;
}

function ownText(
  planner: Planner,
  value: ts.Expression,
  { name, held }: OwnContainer,
  nameOf: (tag: Tag) => string,
): string {
  const texts = held.map(({ wanted }) => printedType(planner, wanted, value, nameOf));
  const [first = ""] = texts;
  return name === "Array" ? listed(first) : `${name}<${texts.join(", ")}>`;
}

// Where the brand is kept to some positions, what the function is called with may have been cast on its way here, or not:
// a function that takes either kind can be passed in both cases. A brand that passes as the base is taken as one.
function givenName(planner: Planner, value: ts.Expression, id: PositionId): string {
  if (planner.collected.question.wanted === undefined) return nameAfter(planner, value, id);
  const plain = localBaseName(planner, value);
  return planner.mode === "subtype" ? plain : `(${plain} | ${localName(planner, value)})`;
}

// What a function is called with where it is passed: there the flow begins in the type that is wanted, not in the value.
function givenTo(planner: Planner, value: ts.Expression): ReadonlySet<PositionId> {
  const { checker, collected } = planner;
  const wanted = checker.getContextualType(value);
  const signatures = wanted === undefined ? [] : wantedSignatures(checker.getNonNullableType(wanted));
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
  const parameter = planner.generic?.nameAt(id);
  if (parameter !== undefined) return parameter;
  const plain = localBaseName(planner, at);
  switch (kindAfter(planner, id)) {
    case "plain":
      return plain;
    case "brand":
      return localName(planner, at);
    case "either":
      return `(${plain} | ${localName(planner, at)})`;
  }
}

// The same of one that says nothing, and holds what comes there.
function heldName(planner: Planner, at: ts.Node, id: PositionId): string {
  const { solution, collected, mode } = planner;
  const label = collected.question.wanted?.has(id) === false ? undefined : solution.labels.get(id);
  const plain = localBaseName(planner, at);
  if (label === "brand") return localName(planner, at);
  return label === "mixed" && mode === "distinct" ? `(${plain} | ${localName(planner, at)})` : plain;
}

// A brand of a generic base has the type arguments that the context, or the value, gives the base.
function alone(planner: Planner, { value, wanted }: CastPart, name: string): string {
  if (!planner.brand.isGeneric) return name;
  const plain = `${planner.collected.base.name}<`;
  // A union that has a name is printed by it as a whole.
  const printed = [...alternatives(wanted), wanted].map((each) =>
    printedType(planner, madeReadonly(each), value, () => name),
  );
  const named = printed.map((text) => (text.startsWith(plain) ? `${name}<${text.slice(plain.length)}` : text));
  return named.flatMap((text) => instanceIn(text, name) ?? [])[0] ?? name;
}

// In `Box<string> | undefined` the box.
function instanceIn(text: string, name: string): string | undefined {
  if (!text.startsWith(`${name}<`)) return undefined;
  let depth = 0;
  for (let i = name.length; i < text.length; i++) {
    if (text[i] === "<") depth++;
    if (text[i] === ">" && text[i - 1] !== "=") depth--;
    if (depth === 0) return text.slice(0, i + 1);
  }
  return undefined;
}

// Of `Readonly<Box<string>>` the box.
function madeReadonly(type: ts.Type): ts.Type {
  return (type.aliasSymbol?.name === "Readonly" ? type.aliasTypeArguments?.[0] : undefined) ?? type;
}

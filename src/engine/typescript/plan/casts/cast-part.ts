import { ts } from "ts-morph";
import { originValues } from "../../syntax/origins.ts";
import { alternatives, isReference } from "../../tagging/leaves.ts";
import type { Planner } from "../planner.ts";

/** A value that is asserted to be something else, as it is wanted where it stands. */
export interface CastPart {
  readonly value: ts.Expression;
  readonly wanted: ts.Type;
  /** The base lies inside of the value. */
  readonly nested: boolean;
}

/** How the parts of an expression are found; undefined where one of them cannot be asserted. */
export type FindParts = (planner: Planner, value: ts.Expression, wanted: ts.Type) => readonly CastPart[] | undefined;

/** All parts of several expressions; undefined where one of them has none. */
export function together(lists: readonly (readonly CastPart[] | undefined)[]): readonly CastPart[] | undefined {
  const known = lists.filter((list) => list !== undefined);
  return known.length < lists.length ? undefined : known.flat();
}

/** Is it a function that is written where it is passed? */
export function isInlineFunction(value: ts.Expression): value is ts.ArrowFunction | ts.FunctionExpression {
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value);
}

/** The values that a function gives back, with no type of its own said for them; of an async one, before the promise. */
export function returnsOf(declaration: ts.ArrowFunction | ts.FunctionExpression): readonly ts.Expression[] | undefined {
  const isGenerator = declaration.asteriskToken !== undefined;
  return declaration.type !== undefined || isGenerator ? undefined : originValues(declaration);
}

/** What an async function gives back before it is promised; of any other the type as it is. */
export function beforePromise(planner: Planner, declaration: ts.Node, type: ts.Type): ts.Type {
  const isAsync = ts.canHaveModifiers(declaration) && declaration.modifiers?.some(isAsyncKeyword) === true;
  if (!isAsync) return type;
  const promised = alternatives(type).find(
    (each): each is ts.TypeReference => isReference(each) && /^Promise(Like)?$/.test(each.symbol.name),
  );
  return (promised === undefined ? undefined : planner.checker.getTypeArguments(promised)[0]) ?? type;
}

function isAsyncKeyword({ kind }: ts.Node): boolean {
  return kind === ts.SyntaxKind.AsyncKeyword;
}

/** What a list takes in a place: of a tuple its slot, of anything else what it is a list of. */
export function elementType({ checker }: Planner, list: ts.Type, i: number): ts.Type | undefined {
  const [only, ...more] = alternatives(checker.getNonNullableType(list)).filter(isReference);
  if (only === undefined || more.length > 0) return undefined;
  const all = checker.getTypeArguments(only);
  if (isTuple(only, checker)) return only.target.elementFlags[i] === ts.ElementFlags.Required ? all[i] : undefined;
  const isList = checker.isArrayType(only) || only.symbol.name === "Iterable";
  return isList ? all[0] : undefined;
}

function isTuple(type: ts.TypeReference, checker: ts.TypeChecker): type is ts.TupleTypeReference {
  return checker.isTupleType(type);
}

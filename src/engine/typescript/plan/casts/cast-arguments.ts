import { ts } from "ts-morph";
import { alternatives, isReference } from "../../tagging/leaves.ts";
import { parameterType } from "../../types/signature.ts";
import type { Planner } from "../planner.ts";
import {
  beforePromise,
  type CastPart,
  elementType,
  type FindParts,
  isInlineFunction,
  returnsOf,
  together,
} from "./cast-part.ts";
import { ownContainer } from "./own-container.ts";

/** What the type parameters of a call have to be, and how what is asserted for that is found. */
interface Bound {
  readonly types: Map<ts.Type, ts.Type>;
  readonly partsOf: FindParts;
}

/**
 * Of a call that gives back what it is given, as `list.map((row) => ({ id: row.id }))` does, what it is given; undefined
 * where that does not follow from its arguments as they are written.
 */
export function partsOfArguments(
  planner: Planner,
  call: ts.CallExpression | ts.NewExpression,
  wanted: ts.Type,
  partsOf: FindParts,
): readonly CastPart[] | undefined {
  const { checker } = planner;
  const declaration = checker.getResolvedSignature(call)?.getDeclaration();
  if (declaration === undefined || ts.isJSDocSignature(declaration) || call.typeArguments !== undefined)
    return undefined;
  const signature = checker.getSignatureFromDeclaration(declaration);
  const own = new Set(signature?.typeParameters);
  if (signature === undefined || own.size === 0) return undefined;
  const bound: Bound = { types: new Map(), partsOf };
  bind(planner, signature.getReturnType(), wanted, { own, types: bound.types });
  if (bound.types.size === 0) return undefined;
  const parts = together(
    (call.arguments ?? []).map((argument, i) => {
      const type = parameterType(signature, i, call, checker);
      return ts.isSpreadElement(argument) || type === undefined ? undefined : partsFor(planner, argument, type, bound);
    }),
  );
  return parts?.length === 0 ? undefined : parts;
}

interface Binding {
  readonly own: ReadonlySet<ts.Type>;
  readonly types: Map<ts.Type, ts.Type>;
}

// `U[]` is wanted as `User[]`: then `U` has to be `User`.
function bind(planner: Planner, declared: ts.Type, wanted: ts.Type, binding: Binding): void {
  // Of `T | U` both may be what is wanted.
  for (const each of alternatives(declared)) if (binding.own.has(each)) binding.types.set(each, wanted);
  if (transparent.has(declared.aliasSymbol?.name)) {
    for (const each of declared.aliasTypeArguments ?? []) bind(planner, each, wanted, binding);
  }
  if (!isReference(declared)) return;
  const same = alternatives(wanted).find((each) => isReference(each) && isAlike(planner, declared, each));
  if (same === undefined || !isReference(same)) return;
  const to = planner.checker.getTypeArguments(same);
  for (const [i, argument] of planner.checker.getTypeArguments(declared).entries()) {
    const type = to[i];
    if (type !== undefined) bind(planner, argument, type, binding);
  }
}

// What is made of a type with these has its members, or is what it promises.
const transparent: ReadonlySet<string | undefined> = new Set(["Awaited", "Readonly"]);

function isAlike({ checker }: Planner, declared: ts.TypeReference, wanted: ts.TypeReference): boolean {
  return declared.target === wanted.target || ownContainer(declared, wanted, checker) !== undefined;
}

// The argument for a parameter whose type is still that of the declaration.
function partsFor(
  planner: Planner,
  argument: ts.Expression,
  declared: ts.Type,
  bound: Bound,
): readonly CastPart[] | undefined {
  // `NonNullable<U>` would be another type than `U`.
  const all = alternatives(declared).filter(
    ({ flags }) => (flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) === 0,
  );
  const { checker } = planner;
  const isElements = ts.isArrayLiteralExpression(argument) && all.some((each) => checker.isArrayType(each));
  const wanted = isElements ? undefined : all.flatMap((each) => bound.types.get(each) ?? [])[0];
  if (wanted !== undefined) return bound.partsOf(planner, argument, wanted);
  if (ts.isParenthesizedExpression(argument)) return partsFor(planner, argument.expression, declared, bound);
  if (isInlineFunction(argument)) return partsOfCallback(planner, argument, all, bound);
  if (ts.isArrayLiteralExpression(argument)) {
    return together(
      argument.elements.map((element, i) => {
        const type = elementType(planner, declared, i);
        return ts.isSpreadElement(element) || type === undefined ? undefined : partsFor(planner, element, type, bound);
      }),
    );
  }
  return all.some((each) => names(planner, each, bound, mostSteps)) ? undefined : [];
}

const mostSteps = 4;

// Does a type say anything of what has to be something else? Of what is not taken apart here, it may.
function names(planner: Planner, type: ts.Type, bound: Bound, steps: number): boolean {
  if (bound.types.has(type)) return true;
  if ((type.flags & ts.TypeFlags.StructuredType) === 0) return false;
  if (steps === 0 || !(type.isUnion() || isReference(type))) return true;
  const inner = type.isUnion() ? type.types : planner.checker.getTypeArguments(type);
  return inner.some((each) => names(planner, each, bound, steps - 1));
}

function partsOfCallback(
  planner: Planner,
  callback: ts.ArrowFunction | ts.FunctionExpression,
  declared: readonly ts.Type[],
  bound: Bound,
): readonly CastPart[] | undefined {
  const [signature, ...more] = declared.flatMap((each) => each.getCallSignatures());
  const returned = returnsOf(callback);
  if (signature === undefined || more.length > 0 || returned === undefined) return undefined;
  const type = signature.getReturnType();
  const wanted = bound.types.get(type);
  if (wanted === undefined) return together(returned.map((each) => partsFor(planner, each, type, bound)));
  return together(returned.map((each) => bound.partsOf(planner, each, beforePromise(planner, callback, wanted))));
}

import { ts } from "ts-morph";
import { leafOf } from "../../tagging/leaves.ts";
import type { Tag } from "../../tagging/tag.ts";
import { parameterType, wantedSignatures } from "../../types/signature.ts";
import type { Planner } from "../planner.ts";
import { printedType, unparenthesized } from "../printed-type.ts";
import { isRefusedAt } from "./kinds.ts";

/** A function that is passed by name: what it takes and gives, and what it has to take and give where it stands. */
export interface PassedFunction {
  readonly value: ts.Expression;
  readonly parameters: readonly { readonly symbol: ts.Symbol; readonly own: ts.Type; readonly type: ts.Type }[];
  readonly returned: { readonly own: ts.Type; readonly type: ts.Type };
  /** Does it say what its parameter is? */
  readonly isPredicate: boolean;
}

/** A function passed by name; undefined for any other value, and for functions of which one signature does not say all. */
export function passedFunction(planner: Planner, value: ts.Expression, wanted: ts.Type): PassedFunction | undefined {
  const { checker } = planner;
  if (!ts.isIdentifier(value) && !ts.isPropertyAccessExpression(value)) return undefined;
  const signature = plainSignature(checker.getTypeAtLocation(value));
  const asked = onlySignature(checker.getNonNullableType(wanted));
  if (signature === undefined || asked === undefined) return undefined;
  const parameters = signature.parameters.map((symbol, i) => {
    const own = checker.getTypeOfSymbolAtLocation(symbol, value);
    const given = parameterType(asked, i, value, checker);
    return { symbol, own, type: given !== undefined && isRefusedAt(planner, given, own, value) ? given : own };
  });
  const own = signature.getReturnType();
  const back = asked.getReturnType();
  const isPredicate = checker.getTypePredicateOfSignature(signature) !== undefined;
  const returned = { own, type: isRefusedAt(planner, own, back, value) ? back : own };
  return { value, parameters, returned, isPredicate };
}

/**
 * Its type, with nothing changed but what would be refused of it where it stands. `inferredName` is what it is called with
 * where that has no annotation.
 */
export function functionText(
  planner: Planner,
  passed: PassedFunction,
  nameOf: (tag: Tag) => string,
  inferredName: string,
): string {
  const { value, parameters, returned } = passed;
  const { test } = planner.collected.context;
  const texts = parameters.map(({ symbol, own, type }) => {
    const isInferred = type !== own && leafOf(type, test)?.tags.length === 0;
    const text = isInferred ? inferredName : printedType(planner, type, value, nameOf);
    return isOptional(symbol) ? `${symbol.name}?: ${text.replace(/ \| undefined$/, "")}` : `${symbol.name}: ${text}`;
  });
  return unparenthesized(`(${texts.join(", ")}) => ${printedType(planner, returned.type, value, nameOf)}`);
}

/** Could a function of that type pass as the one there is? */
export function passesAs(
  { parameters, returned }: PassedFunction,
  passes: (from: ts.Type, to: ts.Type) => boolean,
): boolean {
  const fits = (from: ts.Type, to: ts.Type) => from === to || passes(from, to);
  return parameters.every(({ own, type }) => fits(own, type)) && fits(returned.type, returned.own);
}

function onlySignature(type: ts.Type): ts.Signature | undefined {
  const [signature, ...more] = wantedSignatures(type);
  return more.length > 0 || type.getProperties().length > 0 ? undefined : signature;
}

// The one signature of a function without type parameters or a rest.
function plainSignature(type: ts.Type): ts.Signature | undefined {
  const signature = onlySignature(type);
  if (signature === undefined || signature.typeParameters !== undefined) return undefined;
  const isPlain = signature.parameters.every(({ valueDeclaration: each }) => {
    return (
      each !== undefined && ts.isParameter(each) && ts.isIdentifier(each.name) && each.dotDotDotToken === undefined
    );
  });
  return isPlain ? signature : undefined;
}

function isOptional({ valueDeclaration }: ts.Symbol): boolean {
  if (valueDeclaration === undefined || !ts.isParameter(valueDeclaration)) return false;
  return valueDeclaration.questionToken !== undefined || valueDeclaration.initializer !== undefined;
}

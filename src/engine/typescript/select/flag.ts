import { ts } from "ts-morph";
import { InputError } from "../../input-error.ts";
import type { BaseType } from "../tagging/occurrences.ts";
import { isMember } from "../types/member.ts";
import { typeOfBase } from "./base.ts";
import type { Selection } from "./select.ts";

/** @throws InputError when what is to say at run time whether a value is branded is no test of one plain value */
export function refuseNoTest(flag: Selection | undefined, base: BaseType, checker: ts.TypeChecker): void {
  if (flag === undefined) return;
  const problem = problemWith(flag.declaration, base, checker);
  if (problem === undefined) return;
  throw new InputError(
    `--flag ${flag.name}: ${problem}; name a function that takes one ${base.name} and returns a boolean`,
  );
}

function problemWith(declaration: ts.Node, base: BaseType, checker: ts.TypeChecker): string | undefined {
  if (isMember(declaration)) return "a member, which cannot be asked by its name alone";
  const signatures = checker.getTypeAtLocation(declaration).getCallSignatures();
  if (signatures.length === 0) return "no function";
  const problems = signatures.map((signature) => problemOf(signature, declaration, base, checker));
  return problems.includes(undefined) ? undefined : problems[0];
}

// A promise of a boolean is true in any case, so it is none.
function problemOf(
  signature: ts.Signature,
  declaration: ts.Node,
  base: BaseType,
  checker: ts.TypeChecker,
): string | undefined {
  const [first, ...others] = signature.getParameters();
  if (first === undefined) return "it takes nothing";
  if (others.some(isNeeded)) return "it takes more than one value";
  const taken = takenBy(first, declaration, checker);
  if (!isTakenAs(base, taken, checker)) return `it takes ${checker.typeToString(taken)}`;
  const returned = checker.getReturnTypeOfSignature(signature);
  const isBoolean = (returned.flags & ts.TypeFlags.BooleanLike) !== 0;
  return isBoolean ? undefined : `it returns ${checker.typeToString(returned)}`;
}

function isNeeded({ valueDeclaration }: ts.Symbol): boolean {
  if (valueDeclaration === undefined || !ts.isParameter(valueDeclaration)) return false;
  const { questionToken, initializer, dotDotDotToken } = valueDeclaration;
  return questionToken === undefined && initializer === undefined && dotDotDotToken === undefined;
}

// Of a rest parameter its element; of a type parameter what it may be at most.
function takenBy(parameter: ts.Symbol, declaration: ts.Node, checker: ts.TypeChecker): ts.Type {
  const type = checker.getTypeOfSymbolAtLocation(parameter, declaration);
  const { valueDeclaration: written } = parameter;
  const isRest = written !== undefined && ts.isParameter(written) && written.dotDotDotToken !== undefined;
  const one = isRest ? (checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? type) : type;
  return one.isTypeParameter() ? (checker.getBaseConstraintOfType(one) ?? checker.getUnknownType()) : one;
}

// A generic base is taken with whatever it is given.
function isTakenAs(base: BaseType, taken: ts.Type, checker: ts.TypeChecker): boolean {
  if (checker.isTypeAssignableTo(typeOfBase(base, checker), taken)) return true;
  const parts = taken.isUnion() ? taken.types : [taken];
  return base.kind === "declared" && parts.some((part) => (part.aliasSymbol ?? part.symbol) === base.symbol);
}

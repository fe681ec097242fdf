import { ts } from "ts-morph";
import { structured } from "../flow/pair-step.ts";
import { positionPath } from "../positions/position-path.ts";
import { alternatives, typeArguments } from "../tagging/leaves.ts";
import { isOfLibrary } from "../types/of-library.ts";
import type { NamedDeclaration } from "./uses.ts";

/**
 * What is declared with a reached type, or made of what is reached, holds its values too, in members and functions that
 * its own name leads to: `bi_end_io: EndIo`, `const pinner = new Pinner()`, `const pin = memoized(pinPage)`,
 * `type Held = ReturnType<typeof pin>`. Not the interface or class that such a member is in: what it holds is met
 * through the member.
 */
export function holdersOf(use: ts.Node, checker: ts.TypeChecker): readonly NamedDeclaration[] {
  const annotated = annotatedBy(use);
  const holders = annotated === undefined ? madeOf(use, checker) : [annotated];
  return holders.flatMap(namesOf);
}

/** The class or type whose type parameter has a reached type for its bound: what stands for that is named where it is used. */
export function boundedBy(use: ts.Node): readonly NamedDeclaration[] {
  const parent = ts.findAncestor(use, ts.isTypeParameterDeclaration)?.parent;
  const isNamed = parent !== undefined && !ts.isMappedTypeNode(parent) && !ts.isInferTypeNode(parent);
  return isNamed ? positionPath(parent).names : [];
}

function namesOf(holder: ts.Node): readonly NamedDeclaration[] {
  if (ts.isExportAssignment(holder)) return [{ name: "default", declaration: holder }];
  return positionPath(holder).names.filter(
    ({ declaration }) => !ts.isInterfaceDeclaration(declaration) && !ts.isClassLike(declaration),
  );
}

function annotatedBy(use: ts.Node): ts.Node | undefined {
  const type = ts.findAncestor(use, (node) => ts.isTypeNode(node) && !ts.isTypeNode(node.parent));
  return type === undefined || ts.isExpressionWithTypeArguments(type) ? undefined : type;
}

// The members and the declaration that have their value from the expression that the use is a part of.
function madeOf(use: ts.Node, checker: ts.TypeChecker): readonly ts.Node[] {
  const outside = ts.findAncestor(use, (each) => !isPartOfValue(each.parent) || !isPassedOn(each, checker));
  if (outside === undefined || isPartOfValue(outside.parent)) return [];
  const { parent } = outside;
  const holder = ts.isReturnStatement(parent) ? ts.findAncestor(parent, ts.isFunctionLike) : parent;
  if (holder === undefined || !isHolder(holder, outside)) return [];
  if (!holdsMore(checker.getTypeAtLocation(outside), checker)) return [];
  return ts.isObjectLiteralElement(holder) ? [holder, ...madeOf(holder.parent, checker)] : [holder];
}

function isPartOfValue(node: ts.Node): boolean {
  if (ts.isSpreadAssignment(node)) return true;
  return ts.isExpression(node) && !ts.isFunctionLike(node) && !ts.isClassLike(node);
}

function isHolder(node: ts.Node, value: ts.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isExportAssignment(node) || ts.isShorthandPropertyAssignment(node)) return true;
  return ts.hasOnlyExpressionInitializer(node) && node.initializer === value;
}

// What a call gives has something of the function where it has members or can be called, and of an argument where it is
// made for that.
function isPassedOn(value: ts.Node, checker: ts.TypeChecker): boolean {
  const { parent } = value;
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return true;
  if (parent.expression === value) return holdsMore(checker.getTypeAtLocation(parent), checker);
  const called = checker.getResolvedSignature(parent)?.declaration;
  const declared = called !== undefined && ts.isConstructorDeclaration(called) ? called.parent : called;
  return declared === undefined || ts.getEffectiveTypeParameterDeclarations(declared).length > 0;
}

// A value that has no members and cannot be called has been met itself; a library's has what it is an instance for.
function holdsMore(type: ts.Type, checker: ts.TypeChecker): boolean {
  const inside = new Set(alternatives(type));
  // The set grows while it is walked.
  for (const each of inside) {
    if ((each.flags & structured) !== 0 && !each.isIntersection() && !isOfLibrary(each)) return true;
    const parts = each.isIntersection() ? each.types : typeArguments(each, checker).map(([, argument]) => argument);
    for (const part of parts) for (const alternative of alternatives(part)) inside.add(alternative);
  }
  return false;
}

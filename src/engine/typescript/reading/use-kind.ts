import { ts } from "ts-morph";

/** How a name is used: called with what it gives thrown away, as a type, or in any other way. */
export type UseKind = "dropped" | "type" | "value";

/** Every kind of use. */
export const useKinds: readonly UseKind[] = ["dropped", "type", "value"];

/** The kind of use that stands here. */
export function useKind(use: ts.Node): UseKind {
  if (isDropped(use)) return "dropped";
  return isTypeName(use) ? "type" : "value";
}

/**
 * The uses of a declaration through which values go to or from a node in it. What a function gives back, a call that
 * drops it does not bring anywhere, though what a predicate says holds after it; and what a constructor is given, no
 * annotation brings.
 */
export function kindsToFollow(node: ts.Node, declaration: ts.Node): readonly UseKind[] {
  if (isGiven(node, declaration)) return ["type", "value"];
  if (isConstructed(node, declaration)) return ["dropped", "value"];
  return useKinds;
}

// `source.subscribe(next);`
function isDropped(use: ts.Node): boolean {
  const { parent } = use;
  const callee = ts.isPropertyAccessExpression(parent) && parent.name === use ? parent : use;
  const call = callee.parent;
  return ts.isCallExpression(call) && call.expression === callee && isThrownAway(call);
}

function isThrownAway(value: ts.Node): boolean {
  const { parent } = value;
  if (ts.isExpressionStatement(parent)) return true;
  if (ts.isBinaryExpression(parent)) return isBranch(value, parent) && isThrownAway(parent);
  const isSame = ts.isAwaitExpression(parent) || ts.isVoidExpression(parent) || ts.isParenthesizedExpression(parent);
  return isSame && isThrownAway(parent);
}

// `isOpen && close();`
function isBranch(value: ts.Node, { right, operatorToken: { kind } }: ts.BinaryExpression): boolean {
  const chooses =
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken;
  return chooses && value === right;
}

// The name of a `typeof` is that of a value.
function isTypeName(use: ts.Node): boolean {
  const outside = ts.findAncestor(use.parent, (node) => !ts.isQualifiedName(node));
  return outside !== undefined && ts.isTypeReferenceNode(outside);
}

function isGiven(node: ts.Node, declaration: ts.Node): boolean {
  if (ts.findAncestor(node, ts.isTypePredicateNode) !== undefined) return false;
  const called = calledBy(declaration);
  if (called === undefined) return false;
  return node === called || node === declaration || isWithin(node, called.type);
}

function calledBy(declaration: ts.Node): ts.SignatureDeclaration | undefined {
  if (ts.isAccessor(declaration) || ts.isConstructorDeclaration(declaration)) return undefined;
  if (ts.isFunctionLike(declaration)) return ts.isJSDocSignature(declaration) ? undefined : declaration;
  const isHolder =
    ts.isVariableDeclaration(declaration) ||
    ts.isPropertyAssignment(declaration) ||
    ts.isPropertyDeclaration(declaration);
  const initializer = isHolder ? declaration.initializer : undefined;
  if (initializer === undefined) return undefined;
  return ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer) ? initializer : undefined;
}

function isConstructed(node: ts.Node, declaration: ts.Node): boolean {
  if (!ts.isClassLike(declaration)) return false;
  return declaration.members.some((member) => ts.isConstructorDeclaration(member) && isWithin(node, member));
}

function isWithin(node: ts.Node, outer: ts.Node | undefined): boolean {
  return outer !== undefined && ts.findAncestor(node, (each) => each === outer) !== undefined;
}

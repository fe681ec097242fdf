import { ts } from "ts-morph";
import { parameterOf } from "./holder.ts";

/**
 * Is what a value is wanted as inferred from the value itself, because a callback gives it back:
 * `pages.map((page) => ({ page }))`? So it says of where the value comes from, and not of where it goes.
 */
export function isInferredBack(value: ts.Expression, checker: ts.TypeChecker): boolean {
  const callback = givingBack(value);
  const call = callback?.parent;
  if (callback === undefined || call === undefined || !ts.isCallExpression(call)) return false;
  const parameter = parameterOf(call, callback, checker.getResolvedSignature(call)?.getDeclaration());
  return parameter?.type !== undefined && namesTypeParameter(parameter.type, checker);
}

// The function that gives a value back as it is or as a part of a literal.
function givingBack(value: ts.Node): ts.ArrowFunction | ts.FunctionExpression | undefined {
  const outer = ts.findAncestor(value.parent, (node) => !isPassedOn(node));
  if (outer === undefined) return undefined;
  const owner = ts.isReturnStatement(outer) ? ts.findAncestor(outer, ts.isFunctionLike) : outer;
  return owner !== undefined && (ts.isArrowFunction(owner) || ts.isFunctionExpression(owner)) ? owner : undefined;
}

function isPassedOn(node: ts.Node): boolean {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isConditionalExpression(node) ||
    ts.isBinaryExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node)
  );
}

function namesTypeParameter(node: ts.Node, checker: ts.TypeChecker): boolean {
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
    const symbol = checker.getSymbolAtLocation(node.typeName);
    if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.TypeParameter) !== 0) return true;
  }
  return ts.forEachChild(node, (child) => namesTypeParameter(child, checker)) ?? false;
}

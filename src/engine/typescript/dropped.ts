import { ts } from "ts-morph";

/** Is the name called here, and what the call gives thrown away: `source.subscribe(next);`? */
export function isDropped(use: ts.Node): boolean {
  const { parent } = use;
  const callee = ts.isPropertyAccessExpression(parent) && parent.name === use ? parent : use;
  const call = callee.parent;
  return ts.isCallExpression(call) && call.expression === callee && isThrownAway(call);
}

function isThrownAway(value: ts.Node): boolean {
  const { parent } = value;
  if (ts.isExpressionStatement(parent)) return true;
  if (ts.isBinaryExpression(parent)) return isBranch(value, parent) && isThrownAway(parent);
  return (
    (ts.isAwaitExpression(parent) || ts.isVoidExpression(parent) || ts.isParenthesizedExpression(parent)) &&
    isThrownAway(parent)
  );
}

// `isOpen && close();`
function isBranch(value: ts.Node, { right, operatorToken: { kind } }: ts.BinaryExpression): boolean {
  const chooses =
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken;
  return chooses && value === right;
}

/**
 * Does the node stand in what the declared function gives back, so that only calls that keep that matter? A predicate
 * or an assertion says something of what a call is given, whatever becomes of its result.
 */
export function isOnlyGiven(node: ts.Node, declaration: ts.Node): boolean {
  if (ts.findAncestor(node, ts.isTypePredicateNode) !== undefined) return false;
  const called = calledBy(declaration);
  if (called === undefined) return false;
  return node === called || node === declaration || ts.findAncestor(node, (each) => each === called.type) !== undefined;
}

function calledBy(declaration: ts.Node): ts.SignatureDeclaration | undefined {
  if (ts.isAccessor(declaration) || ts.isConstructorDeclaration(declaration)) return undefined;
  if (ts.isFunctionLike(declaration)) return ts.isJSDocSignature(declaration) ? undefined : declaration;
  if (
    !ts.isVariableDeclaration(declaration) &&
    !ts.isPropertyAssignment(declaration) &&
    !ts.isPropertyDeclaration(declaration)
  )
    return undefined;
  const { initializer } = declaration;
  return initializer !== undefined && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
    ? initializer
    : undefined;
}

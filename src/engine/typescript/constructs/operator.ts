import { ts } from "ts-morph";
import type { Construct, ExitFlow, ValueFlow } from "../flow/construct.ts";
import { askedByTypeof } from "../syntax/primitive-alone.ts";

const arithmetic = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.PercentToken,
  ts.SyntaxKind.LessThanLessThanToken,
  ts.SyntaxKind.GreaterThanGreaterThanToken,
  ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken,
  ts.SyntaxKind.AmpersandToken,
  ts.SyntaxKind.BarToken,
  ts.SyntaxKind.CaretToken,
]);

/**
 * ⟦operand⟧ leaves its brand, and what the operator makes is plain: ⟦plain⟧ ⊆ ⟦left⟧ of a compound assignment. Operators
 * here are all that only a primitive can do: arithmetic, templates, members, being taken apart, an index, a key or iterated.
 */
export const operator: Construct = {
  name: "operator",
  *flows(node, checker) {
    if (ts.isBinaryExpression(node)) yield* binaryFlows(node, checker);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) yield* unaryFlows(node, checker);
    if (ts.isTypeOfExpression(node)) yield { ...unchecked(node.expression, "typeof"), asks: askedByTypeof(node) };
    if (ts.isTemplateSpan(node) && !ts.isTaggedTemplateExpression(node.parent.parent)) {
      yield unchecked(node.expression, "template");
    }
    if (ts.isPropertyAccessExpression(node)) yield checked(node.expression, `.${node.name.text}`);
    if (ts.isElementAccessExpression(node)) {
      yield checked(node.expression, "[…]");
      const held = checker.getNonNullableType(checker.getTypeAtLocation(node.expression));
      const isName = checker.getIndexInfosOfType(held).length === 0;
      yield { ...checked(node.argumentExpression, "index"), ...(isName ? { isName } : {}) };
    }
    if (ts.isComputedPropertyName(node)) yield checked(node.expression, "index");
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined && !ts.isIdentifier(node.name)) {
      yield checked(node.initializer, ts.isObjectBindingPattern(node.name) ? "{…}" : "iteration");
    }
    if (ts.isForOfStatement(node) || ts.isSpreadElement(node)) yield checked(node.expression, "iteration");
  },
};

function* binaryFlows(node: ts.BinaryExpression, checker: ts.TypeChecker): Iterable<ExitFlow | ValueFlow> {
  const { left, right, operatorToken } = node;
  if (operatorToken.kind === ts.SyntaxKind.InKeyword) yield checked(left, "in");
  const isCompound = isCompoundAssignment(operatorToken.kind);
  if (!isCompound && !arithmetic.has(operatorToken.kind)) return;

  const use = operatorToken.getText();
  const joins = use.startsWith("+");
  yield { exit: left, use, enforced: !joins || !isText(right, checker) };
  yield { exit: right, use, enforced: !joins || !isText(left, checker) };
  if (isCompound) yield made(node, left, checker);
}

function* unaryFlows(
  node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
  checker: ts.TypeChecker,
): Iterable<ExitFlow | ValueFlow> {
  if (node.operator === ts.SyntaxKind.ExclamationToken) return;
  const use = ts.tokenToString(node.operator) ?? "";
  const isStored = use === "++" || use === "--";
  // The compiler takes the sign of anything.
  yield { exit: node.operand, use, enforced: isStored };
  if (isStored) yield { ...made(node, node.operand, checker), isStep: true };
}

function made(value: ts.Expression, assignee: ts.Expression, checker: ts.TypeChecker): ValueFlow {
  return { value, target: checker.getTypeAtLocation(assignee), assignee };
}

// The compiler lets anything be joined to a text.
function isText(operand: ts.Expression, checker: ts.TypeChecker): boolean {
  return (checker.getTypeAtLocation(operand).flags & ts.TypeFlags.StringLike) !== 0;
}

// The logical ones store one of their operands as it is.
function isCompoundAssignment(kind: ts.SyntaxKind): boolean {
  const isLogical =
    kind === ts.SyntaxKind.QuestionQuestionEqualsToken ||
    kind === ts.SyntaxKind.BarBarEqualsToken ||
    kind === ts.SyntaxKind.AmpersandAmpersandEqualsToken;
  return !isLogical && kind >= ts.SyntaxKind.FirstCompoundAssignment && kind <= ts.SyntaxKind.LastCompoundAssignment;
}

function checked(exit: ts.Expression, use: string): ExitFlow {
  return { exit, use, enforced: true };
}

function unchecked(exit: ts.Expression, use: string): ExitFlow {
  return { exit, use, enforced: false };
}

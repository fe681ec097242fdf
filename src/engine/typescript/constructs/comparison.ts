import { ts } from "ts-morph";
import type { Construct, ExitFlow } from "../flow/construct.ts";

const comparing = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
]);

/** ⟦left⟧ ∩ ⟦right⟧ ≠ ∅, of the equalities, the orders and the cases of a switch: a brand alone leaves before a plain value. */
export const comparison: Construct = {
  name: "comparison",
  *flows(node) {
    if (ts.isBinaryExpression(node) && comparing.has(node.operatorToken.kind)) {
      yield* bothWays(node.left, node.right, node.operatorToken.getText());
    }
    if (ts.isCaseClause(node)) yield* bothWays(node.parent.parent.expression, node.expression, "case");
  },
};

function* bothWays(left: ts.Expression, right: ts.Expression, use: string): Iterable<ExitFlow> {
  yield { exit: left, use, enforced: true, comparedWith: right };
  yield { exit: right, use, enforced: true, comparedWith: left };
}

import { ts } from "ts-morph";
import type { Construct, ExitFlow } from "../flow/construct.ts";

const equalities = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
]);
const orders = new Set([
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
]);

/** ⟦left⟧ ∩ ⟦right⟧ ≠ ∅, of the equalities, the orders and the cases of a switch: a brand alone leaves before a plain value. */
export const comparison: Construct = {
  name: "comparison",
  *flows(node) {
    if (ts.isCaseClause(node)) yield* bothWays(node.parent.parent.expression, node.expression, { use: "case" });
    if (!ts.isBinaryExpression(node)) return;
    const { left, right, operatorToken } = node;
    const use = operatorToken.getText();
    if (equalities.has(operatorToken.kind)) yield* bothWays(left, right, { use });
    if (orders.has(operatorToken.kind)) yield* bothWays(left, right, { use, isOrder: true });
  },
};

function* bothWays(
  left: ts.Expression,
  right: ts.Expression,
  how: Pick<ExitFlow, "use" | "isOrder">,
): Iterable<ExitFlow> {
  yield { ...how, exit: left, enforced: true, comparedWith: right };
  yield { ...how, exit: right, enforced: true, comparedWith: left };
}

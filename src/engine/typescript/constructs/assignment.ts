import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";
import { isEvolving } from "../flow/evolving.ts";

const assigning = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
]);

/** ⟦right⟧ ⊆ ⟦left⟧, for `=` and the logical assignments; a pattern on the left is taken as one type. */
export const assignment: Construct = {
  name: "assignment",
  *flows(node, checker) {
    if (!ts.isBinaryExpression(node) || !assigning.has(node.operatorToken.kind)) return;
    const { left } = node;
    if (isEvolving(ts.isElementAccessExpression(left) ? left.expression : left, checker)) return;
    yield { value: node.right, target: checker.getTypeAtLocation(left), assignee: left };
  },
};

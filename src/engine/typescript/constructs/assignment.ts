import { ts } from "ts-morph";
import type { Construct, ValueFlow } from "../flow/construct.ts";
import { isEvolving } from "../flow/evolving.ts";
import { withoutDefault } from "../syntax/pattern.ts";
import { setterBehind } from "../types/member.ts";

const assigning = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
]);

/** ⟦right⟧ ⊆ ⟦left⟧, for `=` and the logical assignments; a pattern on the left is taken as one type, but for elements. */
export const assignment: Construct = {
  name: "assignment",
  *flows(node, checker) {
    if (!ts.isBinaryExpression(node) || !assigning.has(node.operatorToken.kind)) return;
    const { left } = node;
    if (isEvolving(ts.isElementAccessExpression(left) ? left.expression : left, checker)) return;
    yield* assigned(left, node.right, checker);
  },
};

// `[left, right] = [right, left]` assigns element by element.
function* assigned(left: ts.Expression, right: ts.Expression, checker: ts.TypeChecker): Iterable<ValueFlow> {
  if (!ts.isArrayLiteralExpression(left) || !ts.isArrayLiteralExpression(right)) {
    const declaration = setterBehind(left, checker)?.parameters[0];
    yield { value: right, target: checker.getTypeAtLocation(left), assignee: left, declaration };
    return;
  }
  for (const [i, element] of left.elements.entries()) {
    const value = right.elements[i];
    if (value === undefined || ts.isSpreadElement(value) || ts.isSpreadElement(element)) return;
    if (!ts.isOmittedExpression(element)) yield* assigned(withoutDefault(element), value, checker);
  }
}

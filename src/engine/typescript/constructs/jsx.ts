import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";
import { spreadMembers } from "../flow/spread-members.ts";

/** ⟦value of an attribute or child⟧ ⊆ ⟦property of the component⟧; a spread by the members it brings. */
export const jsx: Construct = {
  name: "jsx",
  *flows(node, checker) {
    if (ts.isJsxSpreadAttribute(node)) {
      const wanted = checker.getContextualType(node.parent);
      if (wanted !== undefined) yield* spreadMembers(node, wanted, checker);
      return;
    }
    const value = givenIn(node);
    const target = value === undefined ? undefined : checker.getContextualType(value);
    if (value === undefined || target === undefined) return;
    // The checker gives `name="root"` no type, because it is no expression by itself.
    yield ts.isJsxAttribute(node) ? { value, target, part: checker.getStringType() } : { value, target };
  },
};

// `page={page}`, `{page}` between tags, `name="root"`.
function givenIn(node: ts.Node): ts.Expression | undefined {
  if (ts.isJsxExpression(node)) return node.expression;
  const literal = ts.isJsxAttribute(node) ? node.initializer : undefined;
  return literal !== undefined && ts.isStringLiteral(literal) ? literal : undefined;
}

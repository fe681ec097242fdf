import { ts } from "ts-morph";
import type { Construct } from "../construct.ts";

/** ⟦value⟧ ⊆ ⟦member of the type that the object literal is wanted as⟧; a spread by the members it brings. */
export const property: Construct = {
  name: "property",
  *flows(node, checker) {
    if (!ts.isObjectLiteralExpression(node)) return;
    const wanted = checker.getContextualType(node);
    if (wanted === undefined) return;
    for (const member of node.properties) {
      if (ts.isSpreadAssignment(member)) {
        yield { source: checker.getTypeAtLocation(member.expression), target: wanted, site: member };
        continue;
      }
      const value = memberValue(member);
      const target = value === undefined ? undefined : checker.getContextualType(value);
      if (value !== undefined && target !== undefined) yield { value, target };
    }
  },
};

function memberValue(member: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isPropertyAssignment(member)) return member.initializer;
  return ts.isShorthandPropertyAssignment(member) ? member.name : undefined;
}

import { ts } from "ts-morph";
import type { Construct, TypeFlow } from "../construct.ts";

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
      if (ts.isMethodDeclaration(member)) {
        yield* methodFlows(member, wanted, checker);
        continue;
      }
      const value = memberValue(member);
      const target = value === undefined ? undefined : checker.getContextualType(value);
      if (value !== undefined && target !== undefined) yield { value, target };
    }
  },
};

// `{ end(page) {} }`: its parameters are written, unlike those of an arrow, so no contextual type reaches them.
function* methodFlows(method: ts.MethodDeclaration, wanted: ts.Type, checker: ts.TypeChecker): Iterable<TypeFlow> {
  const own = checker.getSymbolAtLocation(method.name);
  if (own === undefined) return;
  for (const type of wanted.isUnion() ? wanted.types : [wanted]) {
    const member = checker.getPropertyOfType(type, own.name);
    if (member === undefined) continue;
    const [source, target] = [own, member].map((symbol) => checker.getTypeOfSymbolAtLocation(symbol, method));
    if (source !== undefined && target !== undefined) yield { source, target, site: method };
  }
}

function memberValue(member: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isPropertyAssignment(member)) return member.initializer;
  return ts.isShorthandPropertyAssignment(member) ? member.name : undefined;
}

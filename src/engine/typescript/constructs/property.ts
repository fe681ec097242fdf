import { ts } from "ts-morph";
import type { Construct, TypeFlow } from "../construct.ts";
import { isTakenApart } from "../pattern.ts";

/** ⟦value⟧ ⊆ ⟦member of the type that the object literal is wanted as⟧; a spread by the members it brings. */
export const property: Construct = {
  name: "property",
  *flows(node, checker) {
    if (!ts.isObjectLiteralExpression(node) || isTakenApart(node)) return;
    const wanted = checker.getContextualType(node);
    if (wanted === undefined) return;
    for (const member of node.properties) {
      if (ts.isSpreadAssignment(member)) {
        yield* spreadFlows(member, wanted, checker);
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

// Member by member, because a spread copies: what is stored into the copy later does not reach what it was made of.
function* spreadFlows(spread: ts.SpreadAssignment, wanted: ts.Type, checker: ts.TypeChecker): Iterable<TypeFlow> {
  const type = checker.getTypeAtLocation(spread.expression);
  const named = checker.getIndexInfosOfType(wanted)[0]?.type;
  for (const own of checker.getPropertiesOfType(type)) {
    const member = checker.getPropertyOfType(wanted, own.name);
    const target = member === undefined ? named : checker.getTypeOfSymbolAtLocation(member, spread);
    if (target !== undefined) yield { source: checker.getTypeOfSymbolAtLocation(own, spread), target, site: spread };
  }
  for (const index of checker.getIndexInfosOfType(type)) {
    if (named !== undefined) yield { source: index.type, target: named, site: spread };
  }
}

function memberValue(member: ts.ObjectLiteralElementLike): ts.Expression | undefined {
  if (ts.isPropertyAssignment(member)) return member.initializer;
  return ts.isShorthandPropertyAssignment(member) ? member.name : undefined;
}

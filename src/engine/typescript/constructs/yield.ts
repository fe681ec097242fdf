import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";
import { alternatives } from "../tagging/leaves.ts";

/**
 * ⟦yielded value⟧ ⊆ what the generator's return type hands out, awaited in an async generator; `yield*` by the iterator
 * it delegates to, which an async generator wants of either kind.
 */
export const yielded: Construct = {
  name: "yield",
  *flows(node, checker) {
    if (!ts.isYieldExpression(node) || node.expression === undefined) return;
    const { expression: value } = node;
    const wanted = checker.getContextualType(value);
    if (wanted === undefined) return;
    if (node.asteriskToken !== undefined) for (const target of alternatives(wanted)) yield { value, target };
    else yield { value, target: wanted, ...(isInAsync(node) ? awaitedPart(value, checker) : {}) };
  },
};

function isInAsync(node: ts.YieldExpression): boolean {
  const owner = ts.findAncestor(node, ts.isFunctionLike);
  return owner !== undefined && (ts.getCombinedModifierFlags(owner) & ts.ModifierFlags.Async) !== 0;
}

function awaitedPart(value: ts.Expression, checker: ts.TypeChecker): { readonly part?: ts.Type } {
  const type = checker.getTypeAtLocation(value);
  const awaited = checker.getAwaitedType(type);
  return awaited === undefined || awaited === type ? {} : { part: awaited };
}

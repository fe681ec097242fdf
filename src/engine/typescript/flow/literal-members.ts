import { ts } from "ts-morph";
import type { FlowEdge } from "../../graph/graph.ts";
import { alternatives, leafOf } from "../tagging/leaves.ts";
import { sameMember } from "../types/member.ts";
import { isInferred } from "./carrier.ts";
import type { ValueFlow } from "./construct.ts";
import { connect, held, writtenOf } from "./ends.ts";
import type { FlowContext } from "./flow-context.ts";

/**
 * ⟦member of a literal⟧ ⊆ ⟦member that is wanted⟧, where the literal has a name and goes by it: what was stored into the
 * member since is no part of its type, which says where it started.
 */
export function literalMembers(
  context: FlowContext,
  construct: string,
  { target }: ValueFlow,
  value: ts.Expression,
): readonly FlowEdge[] {
  const { checker } = context.test;
  if (ts.isObjectLiteralExpression(value)) return [];
  const literals = alternatives(checker.getTypeAtLocation(value)).filter(isOfLiteral);
  const members = literals.flatMap((type) => checker.getPropertiesOfType(type));
  return members.flatMap((member) => {
    const declaration = member.valueDeclaration;
    if (declaration === undefined || !isInferred(declaration) || !isBranded(context, member, value)) return [];
    const wanted = alternatives(target).flatMap((each) => sameMember(each, member, checker) ?? []);
    const types = wanted.flatMap((each) => alternatives(checker.getTypeOfSymbolAtLocation(each, value)));
    const leaves = types.flatMap((type) => leafOf(type, context.test) ?? []);
    const from = context.positions.inferred(declaration, "");
    const site = context.positions.siteOf(value);
    const rest = { channel: "value", construct, site, enforced: true, nested: true } as const;
    const to = leaves.flatMap((leaf) => writtenOf(context, held(context, leaf)));
    return connect([from], to).map((edge) => ({ ...edge, ...rest }));
  });
}

function isOfLiteral({ symbol }: { readonly symbol?: ts.Symbol }): boolean {
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.ObjectLiteral) !== 0;
}

// What starts as a plain value is followed by its type.
function isBranded({ test }: FlowContext, member: ts.Symbol, at: ts.Node): boolean {
  const types = alternatives(test.checker.getTypeOfSymbolAtLocation(member, at));
  return types.some((type) => (leafOf(type, test)?.tags.length ?? 0) > 0);
}

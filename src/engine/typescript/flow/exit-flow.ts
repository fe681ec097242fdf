import { ts } from "ts-morph";
import type { FlowEdge } from "../../graph/graph.ts";
import { valuesOf } from "../syntax/values.ts";
import { alternatives, boundAlternatives, leafOf } from "../tagging/leaves.ts";
import type { BaseType } from "../tagging/occurrences.ts";
import { isOfLiterals } from "../types/of-literals.ts";
import { isInferred, symbolOf } from "./carrier.ts";
import type { ExitFlow } from "./construct.ts";
import { givenTo, holders } from "./ends.ts";
import type { FlowContext, Found } from "./flow-context.ts";
import { mappedAway } from "./mapped-away.ts";

/**
 * Turns a use as the base into edges that leave the project's types. A brand that passes as the base has to only where the
 * literals that the base is made of name members.
 */
export function exitFlow(context: FlowContext, construct: string, flow: ExitFlow, found: Found): void {
  const { exit, use, enforced, comparedWith, isOrder } = flow;
  found.edges.push(...mappedAt(context, exit, enforced));
  const isToldApart = asksForBase(context, flow);
  const isNaming = flow.isName === true && isOfLiterals(context.test.type);
  const isAsked = context.test.base.kind === "primitive" || comparedWith !== undefined || isNaming;
  // `mixed.filter(isText)`: the compiler takes no predicate that finds more than the list holds.
  const isKept = isToldApart && flow.part !== undefined;
  if (!isAsked || (context.mode === "subtype" && !isKept && !isNaming)) return;
  const beside =
    comparedWith === undefined ? undefined : valuesOf(comparedWith).flatMap((value) => holders(context, value));
  if (beside?.length === 0) return;
  const besideGiven = comparedWith === undefined ? {} : givenBeside(context, comparedWith);
  const ordered = isOrder === true && isNumeric(context.test.base) ? { ordered: true } : {};
  // A cast would hide the name that is told apart.
  const told = isToldApart ? { enforced: true, declared: true } : {};
  for (const value of valuesOf(exit)) {
    const site = context.positions.siteOf(value);
    const given = givenTo(context, value);
    for (const from of holders(context, value, flow.part)) {
      const to = context.positions.external(exit, use);
      const described = { ...given, ...told, ...(isNaming ? { refused: true } : {}) };
      const edge = { from, to, channel: "value", construct, site, enforced, nested: false, ...described } as const;
      found.edges.push(beside === undefined ? edge : { ...edge, beside, ...besideGiven, ...ordered });
    }
  }
}

function givenBeside(context: FlowContext, value: ts.Expression): Pick<FlowEdge, "besideGiven"> {
  const { given } = givenTo(context, value);
  return given === undefined ? {} : { besideGiven: given };
}

function mappedAt(context: FlowContext, exit: ts.Expression, enforced: boolean): readonly FlowEdge[] {
  if (context.test.base.kind !== "primitive") return [];
  return valuesOf(exit).flatMap((value) => {
    const types = alternatives(context.test.checker.getTypeAtLocation(value));
    return types.flatMap((type) => mappedAway(context, value, leafOf(type, context.test) ?? { tags: [] }, enforced));
  });
}

// To the compiler a brand that is no string is an object, and at run time it is a string. Where one is alone and says that
// it is, the test finds nothing else.
function asksForBase({ test }: FlowContext, { exit, part, asks = [] }: ExitFlow): boolean {
  if (!asks.some((name) => name === test.base.name || name === "object")) return false;
  if (part !== undefined) return boundAlternatives(part, test.checker).length > 1;
  const name = ts.isPropertyAccessExpression(exit) ? exit.name : exit;
  const symbol = ts.isIdentifier(name) ? symbolOf(name, test.checker) : undefined;
  if (symbol?.valueDeclaration !== undefined && isInferred(symbol.valueDeclaration)) return true;
  const type = symbol === undefined ? test.checker.getTypeAtLocation(exit) : test.checker.getTypeOfSymbol(symbol);
  return boundAlternatives(type, test.checker).length > 1;
}

function isNumeric({ kind, name }: BaseType): boolean {
  return kind === "primitive" && (name === "number" || name === "bigint");
}

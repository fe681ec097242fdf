import { ts } from "ts-morph";
import type { FlowEdge } from "../../graph/graph.ts";
import { valuesOf } from "../syntax/values.ts";
import { alternatives, type BaseTest, type Leaf, leafOf } from "../tagging/leaves.ts";
import { carrierOf, symbolOf } from "./carrier.ts";
import type { ValueFlow } from "./construct.ts";
import { stayPlain } from "./ends.ts";
import type { FlowContext } from "./flow-context.ts";

/**
 * The written places of the base in a value that is used as a literal: where one is wanted, or as a member's name. A test
 * (`===`, `switch`, a predicate) has shown that it is one, which the compiler believes of the base and not of a brand.
 */
export function narrowedLeaves(value: ts.Expression, { target, isName }: ValueFlow, test: BaseTest): readonly Leaf[] {
  const { checker } = test;
  if (isName !== true && !alternatives(target).some((each) => each.isLiteral())) return [];
  const type = checker.getTypeAtLocation(value);
  if (isName !== true) return checker.isTypeAssignableTo(type, target) ? [] : taggedLeaves(type, test);
  const symbol = ts.isIdentifier(value) ? symbolOf(value, checker) : undefined;
  const isLiteral = alternatives(type).every((each) => each.isLiteral());
  return symbol !== undefined && isLiteral ? taggedLeaves(checker.getTypeOfSymbol(symbol), test) : [];
}

/** What a test makes a literal of is a plain value: the compiler tells no literal in a brand that passes as the base. */
export function narrowings(context: FlowContext, flow: ValueFlow): readonly FlowEdge[] {
  if (context.mode === "distinct" || context.test.base.kind !== "primitive" || flow.part !== undefined) return [];
  return valuesOf(flow.value).flatMap((value) => {
    const leaves = narrowedLeaves(value, flow, context.test);
    return leaves
      .filter((leaf) => carrierOf(value, leaf, context.test) === undefined)
      .flatMap((leaf) => stayPlain(context, "narrowing", value, leaf));
  });
}

function taggedLeaves(type: ts.Type, test: BaseTest): readonly Leaf[] {
  return alternatives(type).flatMap((each) => {
    const leaf = leafOf(each, test);
    return leaf === undefined || leaf.tags.length === 0 ? [] : [leaf];
  });
}

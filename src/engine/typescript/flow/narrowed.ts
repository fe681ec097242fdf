import { ts } from "ts-morph";
import { alternatives, type BaseTest, type Leaf, leafOf } from "../tagging/leaves.ts";
import { symbolOf } from "./carrier.ts";
import type { ValueFlow } from "./construct.ts";

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

function taggedLeaves(type: ts.Type, test: BaseTest): readonly Leaf[] {
  return alternatives(type).flatMap((each) => {
    const leaf = leafOf(each, test);
    return leaf === undefined || leaf.tags.length === 0 ? [] : [leaf];
  });
}

import { ts } from "ts-morph";
import { type BaseTest, type Leaf, leafOf } from "../tagging/leaves.ts";

/** Is a leaf of this value put into a container that is made right here, `new Map([["key", page]])`? Nothing shares it yet. */
export function isPutIntoFresh(value: ts.Expression, leaf: Leaf, test: BaseTest): boolean {
  return contents(value).some((content) => {
    const { tags } = leafOf(test.checker.getTypeAtLocation(content), test) ?? { tags: [] };
    return tags.some((tag) => leaf.tags.includes(tag)) || isPutIntoFresh(content, leaf, test);
  });
}

function contents(value: ts.Expression): readonly ts.Expression[] {
  if (ts.isArrayLiteralExpression(value)) return value.elements;
  if (ts.isParenthesizedExpression(value)) return contents(value.expression);
  if (ts.isNewExpression(value)) return value.typeArguments === undefined ? (value.arguments ?? []) : [];
  return ts.isCallExpression(value) ? value.arguments : [];
}

import { ts } from "ts-morph";
import { annotationOf } from "../syntax/annotation.ts";
import { type BaseTest, type Leaf, mentions } from "../tagging/leaves.ts";
import { mentionsIn } from "./carrier.ts";

/**
 * Is what a value meets in a generic call no more than what the value itself made of the type parameter? In
 * `compute(() => either)` the type argument is inferred from `either`: nothing is asked of it. What other arguments,
 * the receiver or the context say as well is asked.
 */
export function isOwnInstance(value: ts.Expression, from: Leaf, to: Leaf, test: BaseTest): boolean {
  if (to.tags.length === 0) return false;
  const call = enclosingCall(value);
  if (call === undefined || call.typeArguments !== undefined) return false;
  const own = [from, ...brought(value, call, test)].flatMap(({ tags }) => tags);
  if (!to.tags.every((tag) => own.includes(tag))) return false;
  const signature = test.checker.getResolvedSignature(call);
  const inferred = signature === undefined ? undefined : test.checker.getTypeArgumentsForResolvedSignature(signature);
  const mentioned = (type: ts.Type | undefined) =>
    type !== undefined && mentions(type, test).some(({ leaf }) => leaf.tags.some((tag) => to.tags.includes(tag)));
  if (!(inferred ?? []).some(mentioned)) return false;
  const others = [...(call.arguments ?? []).filter((each) => !isInside(value, each)), receiverOf(call)];
  return (
    !others.some((each) => each !== undefined && mentioned(test.checker.getTypeAtLocation(each))) &&
    !mentioned(test.checker.getContextualType(call))
  );
}

// `same(flag ? first : second)`, `run(() => (flag ? first : second))`: the type argument is inferred from both.
function brought(value: ts.Expression, call: Call, test: BaseTest): readonly Leaf[] {
  const argument = call.arguments?.find((each) => isInside(value, each));
  if (argument === undefined || argument === value) return [];
  return mentionsIn(argument, test).map(({ leaf }) => leaf);
}

type Call = ts.CallExpression | ts.NewExpression;

// The nearest call that the value is, or is returned to by, an argument of. What is asked where a type is written on the
// way, for what a function returns or in an assertion, is asked there.
function enclosingCall(value: ts.Expression): Call | undefined {
  const call = ts.findAncestor(value.parent, (node) => isCall(node) || isOfItsOwn(node) || saysItsType(node));
  return call !== undefined && isCall(call) && (call.arguments ?? []).some((each) => isInside(value, each))
    ? call
    : undefined;
}

function isOfItsOwn(node: ts.Node): boolean {
  return ts.isStatement(node) && !ts.isReturnStatement(node) && !ts.isBlock(node);
}

function saysItsType(node: ts.Node): boolean {
  if (ts.isAssertionExpression(node)) return !ts.isConstTypeReference(node.type);
  return ts.isSatisfiesExpression(node) || (ts.isFunctionLike(node) && annotationOf(node) !== undefined);
}

function isCall(node: ts.Node): node is Call {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}

function receiverOf({ expression }: Call): ts.Expression | undefined {
  return ts.isPropertyAccessExpression(expression) ? expression.expression : undefined;
}

function isInside(node: ts.Node, ancestor: ts.Node): boolean {
  return ts.findAncestor(node, (current) => current === ancestor) !== undefined;
}

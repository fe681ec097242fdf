import { ts } from "ts-morph";
import type { FlowEdge, PositionId } from "../../graph/graph.ts";
import { valuesOf } from "../syntax/values.ts";
import { alternatives, leafOf, typeArguments } from "../tagging/leaves.ts";
import { connect, holders, sources, writtenOf } from "./ends.ts";
import type { FlowContext } from "./flow-context.ts";
import { declaredPlace } from "./pair-step.ts";

/**
 * ⟦argument⟧ ⊆ ⟦type argument⟧ where that is inferred from the argument alone: the first value of what is reduced, or of a
 * state, or what a function makes it of. Of a list that is reduced the compiler takes its elements for what is made of
 * them, where these take the first value as well.
 */
export function passedFirst(context: FlowContext, call: ts.Node): readonly FlowEdge[] {
  if (!context.occurrences.isSpelledOut(call)) return [];
  const described = { channel: "value", construct: "inference", enforced: true } as const;
  const beside = ts.isCallExpression(call) ? elementsBehind(context, call) : {};
  return firstsOf(context, call).flatMap(({ value, to }) => {
    const site = context.positions.siteOf(value);
    const nested = context.test.checker.getTypeAtLocation(value).getCallSignatures().length > 0;
    return connect(givenBy(context, value), to).map((edge) => ({ ...edge, ...described, ...beside, nested, site }));
  });
}

/** What is passed, and the type arguments that are inferred from it. */
interface First {
  readonly value: ts.Expression;
  readonly to: readonly PositionId[];
}

function firstsOf(context: FlowContext, call: ts.Node): readonly First[] {
  if (ts.isNewExpression(call)) return firstPairs(context, call);
  return ts.isCallExpression(call) ? firstArguments(context, call) : [];
}

function firstArguments(context: FlowContext, call: ts.CallExpression): readonly First[] {
  const { checker } = context.test;
  const declaration = checker.getResolvedSignature(call)?.getDeclaration();
  const own = declaration === undefined ? undefined : checker.getSignatureFromDeclaration(declaration);
  const names: readonly ts.Type[] = own?.typeParameters ?? [];
  return call.arguments.map((value, i) => {
    const parameter = own?.parameters[i];
    const declared = parameter === undefined ? [] : alternatives(checker.getTypeOfSymbolAtLocation(parameter, call));
    const nodes = declared.map((type) => call.typeArguments?.[names.indexOf(madeBy(type))]);
    return { value, to: nodes.flatMap((node) => placesIn(context, node)) };
  });
}

// Of pairs the compiler takes the first; of a brand that passes as the base and of the base it makes the base.
function firstPairs(context: FlowContext, call: ts.NewExpression): readonly First[] {
  const [list] = call.arguments ?? [];
  const all = list !== undefined && ts.isArrayLiteralExpression(list) ? [...list.elements] : [];
  const pairs = all.filter(ts.isArrayLiteralExpression);
  const deciding = context.mode === "distinct" ? pairs.slice(0, 1) : pairs;
  return deciding.flatMap(({ elements }) =>
    elements.map((value, i) => ({ value, to: placesIn(context, call.typeArguments?.[i]) })),
  );
}

function placesIn(context: FlowContext, node: ts.TypeNode | undefined): readonly PositionId[] {
  if (node === undefined) return [];
  const types = alternatives(context.test.checker.getTypeFromTypeNode(node));
  return types.flatMap((type) => {
    const leaf = leafOf(type, context.test);
    return leaf === undefined ? [] : writtenOf(context, leaf);
  });
}

// `() => S` where a state begins.
function madeBy(type: ts.Type): ts.Type {
  const [signature, ...more] = type.getCallSignatures();
  const isMaking = signature?.parameters.length === 0 && more.length === 0;
  return isMaking ? signature.getReturnType() : type;
}

function givenBy(context: FlowContext, argument: ts.Expression): readonly PositionId[] {
  const { checker } = context.test;
  const [signature] = checker.getTypeAtLocation(argument).getCallSignatures();
  if (signature === undefined) return valuesOf(argument).flatMap((value) => holders(context, value));
  const leaves = alternatives(signature.getReturnType()).map((each) => leafOf(each, context.test));
  const place = declaredPlace(signature.getDeclaration());
  return leaves.flatMap((leaf) => (leaf === undefined ? [] : sources(context, argument, leaf, place)));
}

// Where the elements of the list lie that is reduced.
function elementsBehind(context: FlowContext, { expression }: ts.CallExpression): Pick<FlowEdge, "beside"> {
  const list = ts.isPropertyAccessExpression(expression) ? expression.expression : undefined;
  const type = list === undefined ? undefined : context.test.checker.getTypeAtLocation(list);
  if (list === undefined || type === undefined || !context.test.checker.isArrayType(type)) return {};
  const elements = typeArguments(type, context.test.checker).flatMap(([, element]) => alternatives(element));
  const leaves = elements.map((element) => leafOf(element, context.test));
  const beside = leaves.flatMap((leaf) => (leaf === undefined ? [] : sources(context, list, leaf, { path: ".[]" })));
  return beside.length === 0 ? {} : { beside };
}

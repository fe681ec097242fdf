import { ts } from "ts-morph";
import type { Construct, ValueFlow } from "../flow/construct.ts";
import { opaque } from "../flow/pair-step.ts";

/**
 * ⟦parameter, or `this`⟧ ⊆ ⟦type that the predicate or assertion gives it⟧, which the compiler wants to be a part of it.
 * Where the parameter takes anything, ⟦argument⟧ ⊆ ⟦that type⟧: a test that is passed by the base is passed by the brand.
 */
export const predicate: Construct = {
  name: "predicate",
  *flows(node, checker) {
    if (ts.isCallExpression(node)) yield* testedFlows(node, checker);
    if (!ts.isTypePredicateNode(node) || node.type === undefined) return;
    const { parameterName, parent } = node;
    if (!ts.isFunctionLike(parent)) return;
    const subject = ts.isIdentifier(parameterName)
      ? parent.parameters.find(({ name }) => ts.isIdentifier(name) && name.text === parameterName.text)
      : ownerOf(node);
    if (subject === undefined) return;
    const source = checker.getTypeAtLocation(subject);
    yield { source, target: checker.getTypeFromTypeNode(node.type), site: node, isPredicate: true };
  },
};

function* testedFlows(call: ts.CallExpression, checker: ts.TypeChecker): Iterable<ValueFlow> {
  const signature = checker.getResolvedSignature(call);
  const said = signature === undefined ? undefined : checker.getTypePredicateOfSignature(signature);
  if (said?.type === undefined || said.parameterIndex === undefined) return;
  const value = call.arguments[said.parameterIndex];
  const parameter = signature?.parameters[said.parameterIndex];
  if (value === undefined || parameter === undefined) return;
  const { flags } = checker.getTypeOfSymbolAtLocation(parameter, call);
  if ((flags & opaque) !== 0) yield { value, target: said.type, isTest: true };
}

// `this is …` speaks of what it is a method of.
function ownerOf(node: ts.Node): ts.Node | undefined {
  return ts.findAncestor(node, (ancestor) => ts.isClassLike(ancestor) || ts.isInterfaceDeclaration(ancestor));
}

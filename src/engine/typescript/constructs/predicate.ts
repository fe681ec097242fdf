import { ts } from "ts-morph";
import type { Construct, ExitFlow, ValueFlow } from "../flow/construct.ts";
import { opaque } from "../flow/pair-step.ts";
import { alternatives } from "../tagging/leaves.ts";
import { parameterType } from "../types/signature.ts";

/**
 * ⟦parameter, or `this`⟧ ⊆ ⟦type that the predicate or assertion gives it⟧, which the compiler wants to be a part of it.
 * Where the parameter takes anything, ⟦argument⟧ ⊆ ⟦that type⟧: a test that is passed by the base is passed by the brand.
 * A primitive that it finds is that itself, and ⟦argument⟧ is told from others as one.
 */
export const predicate: Construct = {
  name: "predicate",
  *flows(node, checker) {
    if (ts.isCallExpression(node)) {
      yield* testedFlows(node, checker);
      yield* handedFlows(node, checker);
    }
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

function* testedFlows(call: ts.CallExpression, checker: ts.TypeChecker): Iterable<ValueFlow | ExitFlow> {
  const signature = checker.getResolvedSignature(call);
  const found = signature === undefined ? undefined : foundInAnything(signature, call, checker);
  const value = found === undefined ? undefined : call.arguments[found.index];
  if (found === undefined || value === undefined) return;
  yield { value, target: found.type, isTest: true };
  yield { exit: value, use: "is", enforced: false, asks: namesOf(found.type, checker) };
}

// `values.filter(isText)`: what it is handed to has to hold what it finds.
function* handedFlows(call: ts.CallExpression, checker: ts.TypeChecker): Iterable<ExitFlow> {
  for (const [i, argument] of call.arguments.entries()) {
    const [given] = checker.getTypeAtLocation(argument).getCallSignatures();
    const found = given === undefined ? undefined : foundInAnything(given, call, checker);
    const resolved = found === undefined ? undefined : checker.getResolvedSignature(call);
    if (found === undefined || resolved === undefined) continue;
    const [wanted] = parameterType(resolved, i, call, checker)?.getCallSignatures() ?? [];
    const tested = wanted?.parameters[found.index];
    if (wanted === undefined || tested === undefined || checker.getTypePredicateOfSignature(wanted) === undefined)
      continue;
    const part = checker.getTypeOfSymbolAtLocation(tested, call);
    const exit = ts.isPropertyAccessExpression(call.expression) ? call.expression.expression : argument;
    yield { exit, part, use: "is", enforced: false, asks: namesOf(found.type, checker) };
  }
}

function foundInAnything(
  signature: ts.Signature,
  site: ts.Node,
  checker: ts.TypeChecker,
): { readonly index: number; readonly type: ts.Type } | undefined {
  const { type, parameterIndex: index } = checker.getTypePredicateOfSignature(signature) ?? {};
  const parameter = index === undefined ? undefined : signature.parameters[index];
  if (type === undefined || index === undefined || parameter === undefined) return undefined;
  const { flags } = checker.getTypeOfSymbolAtLocation(parameter, site);
  return (flags & opaque) === 0 ? undefined : { index, type };
}

function namesOf(type: ts.Type, checker: ts.TypeChecker): readonly string[] {
  return alternatives(type).map((each) => checker.typeToString(each));
}

// `this is …` speaks of what it is a method of.
function ownerOf(node: ts.Node): ts.Node | undefined {
  return ts.findAncestor(node, (ancestor) => ts.isClassLike(ancestor) || ts.isInterfaceDeclaration(ancestor));
}

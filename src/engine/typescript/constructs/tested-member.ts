import { ts } from "ts-morph";
import type { Construct, TypeFlow } from "../flow/construct.ts";
import { resolveAlias } from "../types/resolve-alias.ts";

/**
 * ⟦member⟧ is tested, in `{ [K in keyof T]: T[K] extends string ? K : never }`, for every member of what T is there.
 *
 * Shortcomings: what a call infers for T is not looked at.
 */
export const testedMember: Construct = {
  name: "mapped-type",
  *flows(node, checker) {
    if (!ts.isTypeReferenceNode(node) || node.typeArguments === undefined) return;
    for (const [i, argument] of node.typeArguments.entries()) {
      const tests = testsOf(node, i, checker);
      if (tests.length > 0) yield* membersTested(argument, tests, checker);
    }
  },
};

function* membersTested(
  argument: ts.TypeNode,
  tests: readonly ts.TypeNode[],
  checker: ts.TypeChecker,
): Iterable<TypeFlow> {
  for (const member of checker.getPropertiesOfType(checker.getTypeFromTypeNode(argument))) {
    const source = checker.getTypeOfSymbolAtLocation(member, argument);
    for (const test of tests) {
      yield { source, target: checker.getTypeFromTypeNode(test), site: argument, isMemberTest: true };
    }
  }
}

// What the members of a type argument are asked to extend, in the alias or in another one that it is handed on to.
function testsOf(
  { typeName }: ts.TypeReferenceNode,
  i: number,
  checker: ts.TypeChecker,
  seen: readonly ts.Node[] = [],
): readonly ts.TypeNode[] {
  const symbol = checker.getSymbolAtLocation(typeName);
  const declarations = symbol === undefined ? [] : (resolveAlias(symbol, checker).declarations ?? []);
  return declarations.filter(ts.isTypeAliasDeclaration).flatMap((alias) => {
    const parameter = alias.typeParameters?.[i];
    return parameter === undefined || seen.includes(alias)
      ? []
      : testsIn(alias.type, parameter, checker, [...seen, alias]);
  });
}

function testsIn(
  node: ts.Node,
  parameter: ts.TypeParameterDeclaration,
  checker: ts.TypeChecker,
  seen: readonly ts.Node[],
): readonly ts.TypeNode[] {
  const isParameter = (type: ts.TypeNode) => ts.isTypeReferenceNode(type) && type.getText() === parameter.name.text;
  const isTest =
    ts.isConditionalTypeNode(node) &&
    ts.isIndexedAccessTypeNode(node.checkType) &&
    isParameter(node.checkType.objectType);
  const found = isTest ? [node.extendsType] : [];
  const handedOn = ts.isTypeReferenceNode(node) ? (node.typeArguments ?? []).map(isParameter) : [];
  for (const [i, isHanded] of handedOn.entries()) {
    if (isHanded && ts.isTypeReferenceNode(node)) found.push(...testsOf(node, i, checker, seen));
  }
  ts.forEachChild(node, (child) => void found.push(...testsIn(child, parameter, checker, seen)));
  return found;
}

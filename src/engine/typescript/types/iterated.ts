import { ts } from "ts-morph";
import { alternatives, isReference } from "../tagging/leaves.ts";

/**
 * What a value of this type hands out when it is iterated: an array's elements, or what its `[Symbol.iterator]()` gives,
 * which its own type arguments need not say (a map gives entries, a class what it likes).
 */
export function iteratedTypes(type: ts.Type, site: ts.Node, checker: ts.TypeChecker): readonly ts.Type[] {
  return alternatives(type).flatMap((each) => {
    const indexed = checker.getIndexTypeOfType(each, ts.IndexKind.Number);
    return indexed === undefined ? givenTypes(each, site, checker) : [indexed];
  });
}

function givenTypes(type: ts.Type, site: ts.Node, checker: ts.TypeChecker): readonly ts.Type[] {
  const members = checker.getPropertiesOfType(type).filter(({ name }) => /^__@(iterator|asyncIterator)@/.test(name));
  const iterators = members.flatMap((member) =>
    checker
      .getTypeOfSymbolAtLocation(member, site)
      .getCallSignatures()
      .map((signature) => signature.getReturnType()),
  );
  return iterators.flatMap((iterator) => (isReference(iterator) ? checker.getTypeArguments(iterator).slice(0, 1) : []));
}

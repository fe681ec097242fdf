import { ts } from "ts-morph";
import { isRest } from "./signature.ts";

/**
 * The types that an object literal may be wanted as. Of a call whose signatures have no type parameters it is their
 * parameters, all of them: which of several overloads is meant, the checker would say only after it has looked at every
 * argument.
 */
export function wantedTypes(literal: ts.Expression, checker: ts.TypeChecker): readonly ts.Type[] {
  return ofArgument(literal, checker) ?? ofMember(literal, checker) ?? ofContext(literal, checker);
}

function ofContext(literal: ts.Expression, checker: ts.TypeChecker): readonly ts.Type[] {
  const wanted = checker.getContextualType(literal);
  return wanted === undefined ? [] : [wanted];
}

function ofArgument(literal: ts.Expression, checker: ts.TypeChecker): readonly ts.Type[] | undefined {
  const call = literal.parent;
  if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return undefined;
  const index = call.arguments?.indexOf(literal) ?? -1;
  if (index === -1 || call.arguments?.slice(0, index).some(ts.isSpreadElement)) return undefined;
  const kind = ts.isNewExpression(call) ? ts.SignatureKind.Construct : ts.SignatureKind.Call;
  const called = checker.getNonNullableType(checker.getTypeAtLocation(call.expression));
  const signatures = checker.getSignaturesOfType(called, kind);
  if (signatures.length === 0 || signatures.some(({ typeParameters }) => typeParameters !== undefined))
    return undefined;
  const taken = signatures.flatMap(({ parameters }) => parameters[index] ?? []);
  // A rest parameter has the type of the list.
  if (taken.some(isRest) || taken.length === 0) return undefined;
  return taken.map((parameter) => checker.getTypeOfSymbolAtLocation(parameter, literal));
}

// `{ options: { size } }`
function ofMember(literal: ts.Expression, checker: ts.TypeChecker): readonly ts.Type[] | undefined {
  const property = literal.parent;
  if (!ts.isPropertyAssignment(property) || ts.isComputedPropertyName(property.name)) return undefined;
  const { name, parent } = property;
  const outer = ofArgument(parent, checker) ?? ofMember(parent, checker);
  return outer?.flatMap((type) =>
    membersNamed(type, name.text, checker).map((member) => checker.getTypeOfSymbolAtLocation(member, literal)),
  );
}

/** The members of that name in a type, or in each of a union. */
export function membersNamed(type: ts.Type, name: string, checker: ts.TypeChecker): readonly ts.Symbol[] {
  const members = (type.isUnion() ? type.types : [type]).map((each) => checker.getPropertyOfType(each, name));
  return members.filter((each) => each !== undefined);
}

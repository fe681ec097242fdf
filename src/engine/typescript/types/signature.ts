import { ts } from "ts-morph";
import { alternatives } from "../tagging/leaves.ts";

/** Is it declared as a method or a constructor? What is wanted as one has its parameters compared both ways. */
export function isMethod(signature: ts.Signature): boolean {
  const declaration: ts.Node | undefined = signature.getDeclaration();
  if (declaration === undefined) return false;
  return (
    ts.isMethodSignature(declaration) || ts.isMethodDeclaration(declaration) || ts.isConstructorDeclaration(declaration)
  );
}

/** Is it a function that is passed on? Its parameters are compared strictly, even when it is a method that takes it. */
export function isCallback(type: ts.Type, checker: ts.TypeChecker): boolean {
  return checker.getNonNullableType(type).getCallSignatures().length === 1;
}

/** What is called of a value that is wanted as a type: of `Page | ((before: Page) => Page)` the function. */
export function wantedSignatures(type: ts.Type): readonly ts.Signature[] {
  const all = type.getCallSignatures();
  return all.length > 0 ? all : alternatives(type).flatMap((each) => each.getCallSignatures());
}

/** What the argument with this index has to be: of a rest parameter its element, of a tuple the one in that place. */
export function parameterType(
  signature: ts.Signature,
  i: number,
  call: ts.Node,
  checker: ts.TypeChecker,
): ts.Type | undefined {
  const first = signature.parameters.findIndex(isRest);
  const parameter = first === -1 || i < first ? signature.parameters[i] : signature.parameters[first];
  if (parameter === undefined) return undefined;
  const type = checker.getTypeOfSymbolAtLocation(parameter, call);
  return first === -1 || i < first ? type : restType(type, i - first, checker);
}

/** How many arguments have a type of their own; one with all that a rest parameter takes without end. */
export function parameterCount({ parameters }: ts.Signature, call: ts.Node, checker: ts.TypeChecker): number {
  const last = parameters.at(-1);
  if (last === undefined || !isRest(last)) return parameters.length;
  const list = checker.getTypeOfSymbolAtLocation(last, call);
  return parameters.length - 1 + (isTuple(list, checker) ? list.target.elementFlags.length : 1);
}

/** Is this a parameter that takes all arguments from its place on? */
export function isRest({ valueDeclaration }: ts.Symbol): boolean {
  if (valueDeclaration === undefined || !ts.isParameter(valueDeclaration)) return false;
  return valueDeclaration.dotDotDotToken !== undefined;
}

function restType(list: ts.Type, i: number, checker: ts.TypeChecker): ts.Type | undefined {
  if (!isTuple(list, checker)) return checker.getIndexTypeOfType(list, ts.IndexKind.Number);
  const { fixedLength, elementFlags } = list.target;
  const place = Math.min(i, fixedLength);
  const slot = checker.getTypeArguments(list)[place];
  const isList = ((elementFlags[place] ?? 0) & ts.ElementFlags.Variadic) !== 0;
  return slot !== undefined && isList ? checker.getIndexTypeOfType(slot, ts.IndexKind.Number) : slot;
}

function isTuple(type: ts.Type, checker: ts.TypeChecker): type is ts.TupleTypeReference {
  return checker.isTupleType(type);
}

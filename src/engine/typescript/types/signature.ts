import { ts } from "ts-morph";

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

/** What the argument with this index has to be: of a rest parameter its element. */
export function parameterType(
  signature: ts.Signature,
  i: number,
  call: ts.Node,
  checker: ts.TypeChecker,
): ts.Type | undefined {
  const parameter = signature.parameters[i] ?? signature.parameters.at(-1);
  if (parameter === undefined) return undefined;
  const type = checker.getTypeOfSymbolAtLocation(parameter, call);
  const declaration = parameter.valueDeclaration;
  const isRest = declaration !== undefined && ts.isParameter(declaration) && declaration.dotDotDotToken !== undefined;
  if (isRest) return checker.getIndexTypeOfType(type, ts.IndexKind.Number);
  return i < signature.parameters.length ? type : undefined;
}

import { ts } from "ts-morph";

/** Is it declared as a method, whose parameters the compiler compares both ways? */
export function isMethod(signature: ts.Signature): boolean {
  const declaration = signature.getDeclaration();
  return declaration !== undefined && (ts.isMethodSignature(declaration) || ts.isMethodDeclaration(declaration));
}

/** Is it a function that is passed on? Its parameters are compared strictly, even when it is a method that takes it. */
export function isCallback(type: ts.Type, checker: ts.TypeChecker): boolean {
  return checker.getNonNullableType(type).getCallSignatures().length === 1;
}

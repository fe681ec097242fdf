import { ts } from "ts-morph";
import { returnedValues } from "../syntax/origins.ts";
import { declarationsNamed } from "./declarations.ts";

/**
 * The function that a call calls, if it is written there, `(() => …)()`, or in the same file. Undefined for a generic one:
 * what that gives is said by the call.
 */
export function calledFunction({ expression: callee }: ts.CallExpression): ts.SignatureDeclaration | undefined {
  if (ts.isParenthesizedExpression(callee)) return inlineFunction(callee.expression);
  if (!ts.isIdentifier(callee)) return undefined;
  const [declaration, ...others] = declarationsNamed(callee.getSourceFile(), callee.text);
  if (declaration === undefined || others.length > 0) return undefined;
  const called = ts.isVariableDeclaration(declaration) ? inlineFunction(declaration.initializer) : declaration;
  return called !== undefined && ts.isFunctionLike(called) && called.typeParameters === undefined ? called : undefined;
}

/** The function that a call gives, which is written in what it calls: of `(() => () => 1)()` the second one. */
export function functionMade(call: ts.CallExpression): ts.SignatureDeclaration | undefined {
  const called = calledFunction(call);
  const [value, ...others] = called === undefined ? [] : returnedValues(called);
  if (called === undefined || others.length > 0) return undefined;
  if (value === undefined || !ts.isIdentifier(value)) return inlineFunction(value);
  return declarationsNamed(called, value.text).find(ts.isFunctionDeclaration);
}

function inlineFunction(value: ts.Expression | undefined): ts.SignatureDeclaration | undefined {
  return value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value : undefined;
}

import { ts } from "ts-morph";
import { symbolOf } from "./carrier.ts";

/**
 * Is this a variable of no declared type, `let page;` or `const pages = [];`, that the compiler follows from store to
 * store? It is `any` where it is stored into, but not where it is read.
 */
export function isEvolving(value: ts.Expression, checker: ts.TypeChecker): boolean {
  const declaration = ts.isIdentifier(value) ? symbolOf(value, checker)?.valueDeclaration : undefined;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.type !== undefined)
    return false;
  const type = checker.getTypeAtLocation(declaration);
  const held = checker.getIndexTypeOfType(type, ts.IndexKind.Number) ?? type;
  // The compiler has an `any` of its own for these.
  return (held.flags & ts.TypeFlags.Any) !== 0 && held !== checker.getAnyType() && startsEmpty(declaration.initializer);
}

function startsEmpty(value: ts.Expression | undefined): boolean {
  if (value === undefined || value.kind === ts.SyntaxKind.NullKeyword) return true;
  if (ts.isArrayLiteralExpression(value)) return value.elements.length === 0;
  return ts.isIdentifier(value) && value.text === "undefined";
}

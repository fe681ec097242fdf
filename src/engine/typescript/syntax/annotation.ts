import { ts } from "ts-morph";

/** The type written for a declaration (of a function: for what it returns), in JavaScript in the comment before it. */
export function annotationOf(declaration: ts.Node): ts.TypeNode | undefined {
  const own = "type" in declaration ? (declaration.type as ts.TypeNode | undefined) : undefined;
  if (own !== undefined || !isJavaScript(declaration)) return own;
  return ts.isFunctionLike(declaration) ? ts.getJSDocReturnType(declaration) : ts.getJSDocType(declaration);
}

/** Does the node stand in a JavaScript file, where types are written in comments? */
export function isJavaScript(node: ts.Node): boolean {
  return (node.flags & ts.NodeFlags.JavaScriptFile) !== 0;
}

/** `(value)` after a comment that says its type: the cast of JavaScript. */
export function castIn(node: ts.Node): ts.TypeNode | undefined {
  if (!ts.isParenthesizedExpression(node) || !isJavaScript(node)) return undefined;
  return ts.getJSDocTypeTag(node)?.typeExpression.type;
}

/** The comments that belong to a node and hold types; none in TypeScript. */
export function commentsOf(node: ts.Node): readonly ts.JSDoc[] {
  return isJavaScript(node) ? ((node as ts.Node & { readonly jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? []) : [];
}

/** The type that a `@typedef` does nothing but import. */
export function importedType(node: ts.Node): ts.ImportTypeNode | undefined {
  if (!ts.isJSDocTypedefTag(node) || node.typeExpression === undefined) return undefined;
  const type = ts.isJSDocTypeExpression(node.typeExpression) ? node.typeExpression.type : undefined;
  return type !== undefined && ts.isImportTypeNode(type) && type.typeArguments === undefined ? type : undefined;
}

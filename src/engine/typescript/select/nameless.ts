import { ts } from "ts-morph";

/**
 * Why a written type says nothing that could be branded, and what helps: it is a type parameter, or literals and templates
 * that have no name. Undefined for any other type.
 */
export function namelessIn(type: ts.TypeNode, checker: ts.TypeChecker): string | undefined {
  const parameter = findIn(type, (node) => isTypeParameter(node, checker))?.getText();
  if (parameter !== undefined) {
    return `its type is ${type.getText()}, and what ${parameter} is, is said where that is used; name a source there, such as a variable that holds one, or what is put in`;
  }
  const literals = findIn(type, isOfLiterals)?.getText();
  if (literals === undefined) return undefined;
  return `its type is ${type.getText()}, which names nothing that could be branded; give it a name (type Name = ${literals}) and write that here, so that it is the base`;
}

function findIn(node: ts.Node, isMeant: (node: ts.Node) => boolean): ts.Node | undefined {
  return isMeant(node) ? node : ts.forEachChild(node, (child) => findIn(child, isMeant));
}

function isTypeParameter(node: ts.Node, checker: ts.TypeChecker): boolean {
  if (!ts.isTypeReferenceNode(node)) return false;
  const symbol = checker.getSymbolAtLocation(node.typeName);
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.TypeParameter) !== 0;
}

// `"open" | "closed"`, and `T-${number}`.
function isOfLiterals(node: ts.Node): boolean {
  if (ts.isUnionTypeNode(node)) return node.types.every(isOfLiterals);
  return ts.isTemplateLiteralTypeNode(node) || (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal));
}

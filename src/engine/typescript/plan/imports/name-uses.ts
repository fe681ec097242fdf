import { ts } from "ts-morph";
import { namesIn } from "../../syntax/names.ts";

/**
 * Where a file uses what it imports under this name. A member's name says nothing of it, nor does one that something else
 * is declared, exported or renamed under; a shorthand property and a list of exports do.
 *
 * Shortcomings: a use of something nearer that is declared under the same name counts, too.
 */
export function usesOfImported(file: ts.SourceFile, name: string): readonly ts.Identifier[] {
  return namesIn(file, name).filter((node): node is ts.Identifier => ts.isIdentifier(node) && isUse(node));
}

function isUse(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.findAncestor(name, ts.isImportDeclaration) !== undefined) return false;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isExportSpecifier(parent)) return isExported(name, parent);
  if (ts.isQualifiedName(parent)) return parent.left === name && !isOfImportType(parent);
  if (ts.isImportTypeNode(parent)) return false;
  return !isNameOf(parent, name);
}

// `export { UserId as Id }`, but neither `export { Id as UserId }` nor what another module gives.
function isExported(name: ts.Identifier, { parent, propertyName, name: exported }: ts.ExportSpecifier): boolean {
  return parent.parent.moduleSpecifier === undefined && (propertyName ?? exported) === name;
}

function isOfImportType(name: ts.QualifiedName): boolean {
  const outside = ts.findAncestor(name, (node) => !ts.isQualifiedName(node));
  return outside !== undefined && ts.isImportTypeNode(outside);
}

// Members, declarations, and what `{ UserId: id }` takes apart.
function isNameOf(parent: ts.Node, name: ts.Identifier): boolean {
  if (ts.isBindingElement(parent) && parent.propertyName === name) return true;
  return "name" in parent && parent.name === name;
}

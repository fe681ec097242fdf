import { ts } from "ts-morph";

/** A declaration that a selector can begin with, or pass through. */
type Named =
  | ts.FunctionDeclaration
  | ts.VariableDeclaration
  | ts.ClassLikeDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.EnumDeclaration
  | ts.ModuleDeclaration;

/** The declarations of a name within a node: at its top and in its namespaces first, only then inside functions. */
export function declarationsNamed(scope: ts.Node, name: string): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node, deep: boolean): void => {
    if (isNamed(node) && node.name?.getText() === name) found.push(node);
    else if (deep || !ts.isFunctionLike(node)) ts.forEachChild(node, (child) => visit(child, deep));
  };
  ts.forEachChild(scope, (child) => visit(child, false));
  if (found.length === 0) ts.forEachChild(scope, (child) => visit(child, true));
  return found;
}

/** Is it a declaration that a selector can begin with, or pass through? */
export function isNamed(node: ts.Node): node is Named {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isClassLike(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isModuleDeclaration(node)
  );
}

/** What a file exports under a name that nothing in it is declared by: `default`, `export { inner as outer }`. */
export function exportedAs(file: ts.SourceFile, name: string): readonly ts.Node[] {
  return file.statements.flatMap((statement) => {
    if (ts.isExportAssignment(statement)) return name === "default" ? exportedValue(file, statement.expression) : [];
    if (ts.isExportDeclaration(statement)) return listedAs(file, statement, name);
    return name === "default" && isDefault(statement) ? [statement] : [];
  });
}

function exportedValue(file: ts.SourceFile, value: ts.Expression): readonly ts.Node[] {
  return ts.isIdentifier(value) ? declarationsNamed(file, value.text) : [value];
}

function listedAs(file: ts.SourceFile, { exportClause, moduleSpecifier }: ts.ExportDeclaration, name: string) {
  if (exportClause === undefined || !ts.isNamedExports(exportClause) || moduleSpecifier !== undefined) return [];
  const listed = exportClause.elements.find((each) => each.name.text === name);
  return listed === undefined ? [] : declarationsNamed(file, (listed.propertyName ?? listed.name).text);
}

function isDefault(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? statement.modifiers : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true;
}

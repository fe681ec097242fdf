import { dirname, relative } from "node:path";
import ts from "typescript-6";
import type { TextChange } from "../../src/engine/edit.ts";

/** The two types, as the loop knows them. */
export interface Names {
  /** The file that declares both, absolute. */
  readonly file: string;
  readonly base: string;
  readonly brand: string;
}

/** The changes that make the brand out of the base in what a declaration writes; none when it does not write the base. */
export function rewriteDeclaration(declaration: ts.Node, names: Names, checker: ts.TypeChecker): readonly TextChange[] {
  return writtenTypes(declaration)
    .flatMap((type) => basesIn(type, names, checker))
    .map((node) => ({
      start: node.getStart(),
      end: node.getEnd(),
      text: names.brand,
    }));
}

function writtenTypes(declaration: ts.Node): readonly ts.Node[] {
  const types: ts.Node[] = [];
  if ("type" in declaration && declaration.type !== undefined) types.push(declaration.type as ts.Node);
  if ("initializer" in declaration && declaration.initializer !== undefined) {
    const made = declaration.initializer as ts.Node;
    if (ts.isNewExpression(made)) types.push(...(made.typeArguments ?? []));
  }
  return types;
}

function basesIn(type: ts.Node, names: Names, checker: ts.TypeChecker): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && isBase(node.typeName, names, checker)) found.push(node.typeName);
    ts.forEachChild(node, visit);
  };
  visit(type);
  return found;
}

function isBase(name: ts.EntityName, names: Names, checker: ts.TypeChecker): boolean {
  if (name.getText() !== names.base) return false;
  const symbol = checker.getSymbolAtLocation(name);
  const target = symbol && (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
  return target?.declarations?.some((each) => each.getSourceFile().fileName === names.file) ?? false;
}

/** The import a file needs before it can name the brand, in front of everything; none where it is there already. */
export function importOf(file: ts.SourceFile, names: Names): readonly TextChange[] {
  const isThere = new RegExp(`import[^;]*\\b${names.brand}\\b[^;]*from`, "u").test(file.text);
  if (file.fileName === names.file || isThere) return [];
  const path = relative(dirname(file.fileName), names.file).replaceAll("\\", "/").replace(/\.ts$/, "");
  const text = `import type { ${names.brand} } from "${path.startsWith(".") ? path : `./${path}`}";\n`;
  return [{ start: 0, end: 0, text }];
}

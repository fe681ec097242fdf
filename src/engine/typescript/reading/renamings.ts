import { ts } from "ts-morph";
import { commentsOf, importedType } from "../syntax/annotation.ts";
import { resolveAlias } from "../types/resolve-alias.ts";

/** Under which names a declaration goes in a project. */
export interface Renamings {
  /** The name that these declarations have, and every other one that an import or export somewhere gives them. */
  of(name: string, declarations: readonly ts.Node[]): readonly string[];
}

/** Another name for what was called something else; where it is given, as far as the checker can be asked there. */
interface Renaming {
  readonly to: string;
  readonly at: ts.Node | undefined;
}

/** Reads the imports and exports of all files; whether one of them means a given declaration the checker says when asked. */
export function createRenamings(files: readonly ts.SourceFile[], checker: ts.TypeChecker): Renamings {
  const renamed = new Map<string, Renaming[]>();
  const add: Add = (from, to, at) => {
    const known = renamed.get(from);
    if (known === undefined) renamed.set(from, [{ to, at }]);
    else known.push({ to, at });
  };
  for (const file of files) {
    for (const statement of [...file.statements, file.endOfFileToken]) addTypedefs(statement, add);
    for (const statement of file.statements) addRenamings(statement, add);
  }
  return {
    of: (name, declarations) => {
      const isMeant = ({ at }: Renaming) => at === undefined || means(at, declarations, checker);
      const all = new Set([name]);
      // The set grows while it is walked.
      for (const each of all) for (const other of renamed.get(each) ?? []) if (isMeant(other)) all.add(other.to);
      return [...all];
    },
  };
}

function means(at: ts.Node, declarations: readonly ts.Node[], checker: ts.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(at);
  const found = symbol === undefined ? [] : (resolveAlias(symbol, checker).declarations ?? []);
  return found.some((declaration) => declarations.includes(declaration));
}

type Add = (from: string, to: string, at: ts.Node | undefined) => void;

function addRenamings(statement: ts.Statement, add: Add): void {
  if (ts.isImportDeclaration(statement)) {
    const name = statement.importClause?.name;
    if (name !== undefined) add("default", name.text, name);
    addSpecifiers(statement.importClause?.namedBindings, add);
  } else if (ts.isExportDeclaration(statement)) {
    addSpecifiers(statement.exportClause, add);
  } else if (ts.isExportAssignment(statement)) {
    const name = lastName(statement.expression);
    if (name !== undefined) add(name.text, "default", name);
  } else if (ts.isImportEqualsDeclaration(statement)) {
    const { moduleReference, name } = statement;
    const from = ts.isExternalModuleReference(moduleReference) ? "export=" : lastOf(moduleReference);
    add(from, name.text, name);
  } else if (isDefaultExport(statement) && "name" in statement && statement.name !== undefined) {
    const name = statement.name as ts.Identifier;
    add(name.text, "default", name);
  }
}

// `@typedef {import("./mm.js").Page} KernelPage`.
function addTypedefs(statement: ts.Node, add: Add): void {
  for (const tag of commentsOf(statement).flatMap((comment) => [...(comment.tags ?? [])])) {
    const imported = importedType(tag)?.qualifier;
    if (imported !== undefined && ts.isJSDocTypedefTag(tag) && tag.name !== undefined && ts.isIdentifier(tag.name)) {
      add(lastOf(imported), tag.name.text, undefined);
    }
  }
}

function addSpecifiers(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined, add: Add): void {
  if (bindings === undefined || !("elements" in bindings)) return;
  for (const { propertyName, name } of bindings.elements) {
    if (propertyName !== undefined) add(propertyName.text, name.text, name);
  }
}

function lastName(expression: ts.Expression): ts.Identifier | undefined {
  if (ts.isIdentifier(expression)) return expression;
  return ts.isPropertyAccessExpression(expression) && ts.isIdentifier(expression.name) ? expression.name : undefined;
}

function lastOf(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : name.right.text;
}

function isDefaultExport(statement: ts.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false;
}

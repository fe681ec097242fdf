import { ts } from "ts-morph";
import { commentsOf, importedType } from "./annotation.ts";

/** Under which names a declaration goes in a project. */
export interface Renamings {
  /** The name itself, and every other one that an import or export somewhere may give to what is called so. */
  of(name: string): readonly string[];
}

/** Reads the imports and exports of all files; which of them concern a given declaration is for the checker to say. */
export function createRenamings(files: readonly ts.SourceFile[]): Renamings {
  const renamed = new Map<string, Set<string>>();
  const add = (from: string, to: string) => {
    const known = renamed.get(from) ?? new Set();
    renamed.set(from, known.add(to));
  };
  for (const file of files) {
    for (const statement of [...file.statements, file.endOfFileToken]) addTypedefs(statement, add);
    for (const statement of file.statements) addRenamings(statement, add);
  }
  return {
    of: (name) => {
      const all = new Set([name]);
      // The set grows while it is walked.
      for (const each of all) for (const other of renamed.get(each) ?? []) all.add(other);
      return [...all];
    },
  };
}

type Add = (from: string, to: string) => void;

function addRenamings(statement: ts.Statement, add: Add): void {
  if (ts.isImportDeclaration(statement)) {
    if (statement.importClause?.name !== undefined) add("default", statement.importClause.name.text);
    addSpecifiers(statement.importClause?.namedBindings, add);
  } else if (ts.isExportDeclaration(statement)) {
    addSpecifiers(statement.exportClause, add);
  } else if (ts.isExportAssignment(statement)) {
    const name = lastName(statement.expression);
    if (name !== undefined) add(name, "default");
  } else if (ts.isImportEqualsDeclaration(statement)) {
    const { moduleReference } = statement;
    add(ts.isExternalModuleReference(moduleReference) ? "export=" : lastOf(moduleReference), statement.name.text);
  } else if (isDefaultExport(statement) && "name" in statement && statement.name !== undefined) {
    add((statement.name as ts.Identifier).text, "default");
  }
}

// `@typedef {import("./mm.js").Page} KernelPage`.
function addTypedefs(statement: ts.Node, add: Add): void {
  for (const tag of commentsOf(statement).flatMap((comment) => [...(comment.tags ?? [])])) {
    const imported = importedType(tag)?.qualifier;
    if (imported !== undefined && ts.isJSDocTypedefTag(tag) && tag.name !== undefined && ts.isIdentifier(tag.name)) {
      add(lastOf(imported), tag.name.text);
    }
  }
}

function addSpecifiers(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined, add: Add): void {
  if (bindings === undefined || !("elements" in bindings)) return;
  for (const { propertyName, name } of bindings.elements) {
    if (propertyName !== undefined) add(propertyName.text, name.text);
  }
}

function lastName(expression: ts.Expression): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
}

function lastOf(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : name.right.text;
}

function isDefaultExport(statement: ts.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false;
}

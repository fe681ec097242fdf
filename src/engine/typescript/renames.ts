import { ts } from "ts-morph";

/** Who meets `from` here hands it on as `to`, so that another file can meet it without ever mentioning `from`. */
export interface Alias {
  readonly from: string;
  readonly to: string;
}

// A default export has no name of its own; no identifier looks like this.
const defaultOf = "default of ";

/** The name under which `createNames` knows the default export of a file. */
export function defaultNameOf(file: ts.SourceFile): string {
  return `${defaultOf}${file.fileName}`;
}

/** Does the name stand for a default export? */
export function isDefaultName(name: string): boolean {
  return name.startsWith(defaultOf);
}

/** The names that a file's imports and exports change: `export { get as acquire }`, `export default get`. */
export function* renamesIn(file: ts.SourceFile): Iterable<Alias> {
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement)) yield* specifierAliases(statement.exportClause, file);
    if (ts.isImportDeclaration(statement)) yield* specifierAliases(statement.importClause?.namedBindings, file);
    if (ts.isImportEqualsDeclaration(statement) && !ts.isExternalModuleReference(statement.moduleReference)) {
      yield { from: lastName(statement.moduleReference), to: statement.name.text };
    }
    const to = defaultNameOf(file);
    if (ts.isExportAssignment(statement)) yield { from: nameBehind(statement.expression) ?? to, to };
    else if (isDefault(statement)) yield { from: nameOfStatement(statement) ?? to, to };
  }
}

function* specifierAliases(
  clause: ts.NamedExportBindings | ts.NamedImportBindings | undefined,
  file: ts.SourceFile,
): Iterable<Alias> {
  if (clause === undefined || !("elements" in clause)) return;
  for (const { propertyName, name } of clause.elements) {
    const to = name.text === "default" ? defaultNameOf(file) : name.text;
    if (to !== (propertyName ?? name).text) yield { from: (propertyName ?? name).text, to };
  }
}

function isDefault(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false)
  );
}

function nameOfStatement(statement: ts.Statement): string | undefined {
  const isNamed =
    ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement);
  return isNamed ? statement.name?.text : undefined;
}

/** The names that a file gives to the default exports of others: `import get from "./pin.ts"`, `export { default as get }`. */
export function* defaultImports(file: ts.SourceFile, checker: ts.TypeChecker): Iterable<Alias> {
  for (const statement of file.statements) {
    const names = defaultNames(statement);
    const specifier = specifierOf(statement);
    const module = names.length === 0 || specifier === undefined ? undefined : checker.getSymbolAtLocation(specifier);
    const target = module?.declarations?.find(ts.isSourceFile);
    if (target === undefined) continue;
    for (const name of names)
      yield { from: defaultNameOf(target), to: name === "default" ? defaultNameOf(file) : name };
  }
}

function defaultNames(statement: ts.Statement): readonly string[] {
  if (ts.isImportEqualsDeclaration(statement)) return [statement.name.text];
  const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
  const bindings = ts.isExportDeclaration(statement) ? statement.exportClause : clause?.namedBindings;
  const elements = bindings !== undefined && "elements" in bindings ? [...bindings.elements] : [];
  const renamed = elements.filter(({ propertyName, name }) => (propertyName ?? name).text === "default");
  return [...(clause?.name === undefined ? [] : [clause.name.text]), ...renamed.map(({ name }) => name.text)];
}

function specifierOf(statement: ts.Statement): ts.Expression | undefined {
  if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return statement.moduleSpecifier;
  const isRequired = ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference);
  return isRequired && ts.isExternalModuleReference(statement.moduleReference)
    ? statement.moduleReference.expression
    : undefined;
}

/** The name by which an expression is met: `get`, `mm.get`. */
export function nameBehind(value: ts.Expression): string | undefined {
  if (ts.isIdentifier(value)) return value.text;
  return ts.isPropertyAccessExpression(value) ? value.name.text : undefined;
}

/** `Page` of `mm.Page`. */
export function lastName(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : name.right.text;
}

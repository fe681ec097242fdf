import { dirname, relative } from "node:path";
import { ts } from "ts-morph";
import type { TextChange } from "../../edit.ts";

/** A name that a file will use, and the name it stands beside so far: `UserPage` beside `Page`. */
export interface NeededName {
  readonly name: string;
  readonly declaredIn: ts.SourceFile;
  readonly isType: boolean;
  readonly beside: string | undefined;
}

/**
 * The import declarations of a file, changed so that every needed name is there and no name that is used no more.
 * `removed` are the offsets of the identifiers that the other edits of the file take away.
 */
export function planImports(
  file: ts.SourceFile,
  needed: readonly NeededName[],
  removed: ReadonlySet<number>,
  checker: ts.TypeChecker,
): readonly TextChange[] {
  const missing = needed.filter((need) => need.declaredIn !== file && !isImported(file, need.name));
  const gone = unusedAfter(file, removed, needed);
  const changes: TextChange[] = [];
  const placed = new Set<NeededName>();
  for (const declaration of file.statements.filter(ts.isImportDeclaration)) {
    const target = moduleOf(declaration, checker);
    const here = missing.filter(
      (need) => target === need.declaredIn && !placed.has(need) && canHold(declaration, need),
    );
    const change = changedImport(declaration, here, gone);
    for (const need of here) placed.add(need);
    if (change !== undefined) changes.push(change);
  }
  const rest = missing.filter((need) => !placed.has(need));
  return rest.length === 0 ? changes : [...changes, newImports(file, rest)];
}

function isImported(file: ts.SourceFile, name: string): boolean {
  return file.statements
    .filter(ts.isImportDeclaration)
    .some((each) => specifiers(each).some((specifier) => specifier.name.text === name));
}

function specifiers(declaration: ts.ImportDeclaration): readonly ts.ImportSpecifier[] {
  const bindings = declaration.importClause?.namedBindings;
  return bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
}

function moduleOf(declaration: ts.ImportDeclaration, checker: ts.TypeChecker): ts.SourceFile | undefined {
  const found = checker.getSymbolAtLocation(declaration.moduleSpecifier)?.valueDeclaration;
  return found !== undefined && ts.isSourceFile(found) ? found : undefined;
}

function canHold(declaration: ts.ImportDeclaration, need: NeededName): boolean {
  if (specifiers(declaration).length === 0) return false;
  return need.isType || declaration.importClause?.isTypeOnly !== true;
}

// Imported names whose every use is taken away.
function unusedAfter(
  file: ts.SourceFile,
  removed: ReadonlySet<number>,
  needed: readonly NeededName[],
): ReadonlySet<string> {
  const imported = new Set(
    file.statements.filter(ts.isImportDeclaration).flatMap((each) => specifiers(each).map(({ name }) => name.text)),
  );
  const lost = new Set<string>();
  const kept = new Set(needed.map(({ name }) => name));
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node) && imported.has(node.text) && !isMemberName(node)) {
      (removed.has(node.getStart(file)) ? lost : kept).add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return new Set([...lost].filter((name) => !kept.has(name)));
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
}

function changedImport(
  declaration: ts.ImportDeclaration,
  added: readonly NeededName[],
  gone: ReadonlySet<string>,
): TextChange | undefined {
  const before = specifiers(declaration);
  const isGone = (specifier: ts.ImportSpecifier) => gone.has(specifier.name.text);
  if (before.length === 0 || (added.length === 0 && !before.some(isGone))) return undefined;

  const texts: string[] = [];
  const placed = new Set<NeededName>();
  for (const specifier of before) {
    if (!isGone(specifier)) texts.push(specifier.getText());
    for (const need of added.filter((each) => each.beside === specifier.name.text)) {
      texts.push(specifierText(need, declaration, specifier.isTypeOnly));
      placed.add(need);
    }
  }
  for (const need of added) if (!placed.has(need)) texts.push(specifierText(need, declaration, true));
  return rewritten(declaration, texts);
}

function specifierText(need: NeededName, declaration: ts.ImportDeclaration, asType: boolean): string {
  return need.isType && asType && declaration.importClause?.isTypeOnly !== true ? `type ${need.name}` : need.name;
}

function rewritten(declaration: ts.ImportDeclaration, texts: readonly string[]): TextChange | undefined {
  const bindings = declaration.importClause?.namedBindings;
  if (bindings === undefined) return undefined;
  if (texts.length === 0 && declaration.importClause?.name === undefined) {
    const lineEnd = /^\r?\n?/.exec(declaration.getSourceFile().text.slice(declaration.getEnd()))?.[0].length ?? 0;
    return { start: declaration.getStart(), end: declaration.getEnd() + lineEnd, text: "" };
  }
  const text = bindings.getText().includes("\n") ? `{\n  ${texts.join(",\n  ")},\n}` : `{ ${texts.join(", ")} }`;
  return { start: bindings.getStart(), end: bindings.getEnd(), text };
}

function newImports(file: ts.SourceFile, needed: readonly NeededName[]): TextChange {
  const all = file.statements.filter(ts.isImportDeclaration);
  const quote = all[0]?.moduleSpecifier.getText().startsWith("'") ? "'" : '"';
  const end = all[0] === undefined || all[0].getText().endsWith(";") ? ";" : "";
  const lines = needed.map((need) => {
    const path = `${quote}${modulePath(file, need.declaredIn)}${quote}`;
    return `import ${need.isType ? "type " : ""}{ ${need.name} } from ${path}${end}`;
  });
  const last = all.at(-1);
  if (last !== undefined) return { start: last.getEnd(), end: last.getEnd(), text: `\n${lines.join("\n")}` };
  const start = file.statements[0]?.getStart(file) ?? 0;
  return { start, end: start, text: `${lines.join("\n")}\n\n` };
}

/** The specifier by which a file imports another; the extension is written the way the file's other relative imports write it. */
export function modulePath(file: ts.SourceFile, target: ts.SourceFile): string {
  const specifier = file.statements
    .filter(ts.isImportDeclaration)
    .map((each) => (ts.isStringLiteral(each.moduleSpecifier) ? each.moduleSpecifier.text : ""))
    .find((text) => text.startsWith("."));
  const path = relative(dirname(file.fileName), target.fileName).replaceAll("\\", "/");
  const relativePath = path.startsWith(".") ? path : `./${path}`;
  if (specifier?.endsWith(".ts")) return relativePath;
  const bare = relativePath.replace(/(\.d)?\.[cm]?[jt]sx?$/, "");
  return specifier?.endsWith(".js") || (specifier === undefined && wantsExtension(target)) ? `${bare}.js` : bare;
}

function wantsExtension(file: ts.SourceFile): boolean {
  return file.impliedNodeFormat === ts.ModuleKind.ESNext;
}

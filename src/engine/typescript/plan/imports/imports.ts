import { ts } from "ts-morph";
import type { TextChange } from "../../../edit.ts";
import type { PathHabits } from "./module-path.ts";
import { usesOfImported } from "./name-uses.ts";
import { newImports } from "./new-imports.ts";
import { moduleAt, type NeededName, names, type Route, routeTo } from "./routes.ts";

/** The import declaration that a needed name joins, and what has to change for it to find the name there. */
export interface Placement {
  readonly declaration: ts.ImportDeclaration;
  readonly route: Route;
}

/** The declaration that a file's new name joins: the one that brings in its neighbour, or one of the same module. */
export function placementOf(file: ts.SourceFile, need: NeededName, checker: ts.TypeChecker): Placement | undefined {
  const placements = importsOf(file)
    .filter((declaration) => canHold(declaration, need))
    .flatMap((declaration) => {
      const target = moduleAt(declaration.moduleSpecifier, checker);
      const route = target === undefined ? undefined : routeTo(target, need, checker);
      return route === undefined ? [] : [{ declaration, route }];
    });
  const isBeside = ({ declaration }: Placement) =>
    specifiers(declaration).some((specifier) => names(specifier, need, checker));
  const isHome = ({ declaration }: Placement) => moduleAt(declaration.moduleSpecifier, checker) === need.declaredIn;
  const isOpen = ({ route }: Placement) => route.lists.length === 0;
  return placements.find(isBeside) ?? placements.find(isHome) ?? placements.find(isOpen);
}

/** Does the file have the name without further ado? */
export function isAtHand(file: ts.SourceFile, need: NeededName): boolean {
  const isImported = importsOf(file).some((each) =>
    specifiers(each).some((specifier) => specifier.name.text === need.name),
  );
  return isImported || need.declaredIn === file || !ts.isExternalModule(need.declaredIn);
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
  habits: PathHabits,
): readonly TextChange[] {
  const missing = needed.filter((need) => !isAtHand(file, need));
  const placed = new Map(missing.map((need) => [need, placementOf(file, need, checker)?.declaration]));
  const gone = unusedAfter(file, removed, needed);
  const changes = importsOf(file).flatMap((declaration) => {
    const here = missing.filter((need) => placed.get(need) === declaration);
    return changedImport(declaration, here, gone, checker, habits.options) ?? [];
  });
  const rest = missing.filter((need) => placed.get(need) === undefined);
  if (rest.length === 0) return changes;
  const freed = changes.find(({ text }) => text === "");
  return [...changes.filter((each) => each !== freed), newImports(file, rest, habits, freed)];
}

/** The import declarations at the top of a file. */
export function importsOf(file: ts.SourceFile): readonly ts.ImportDeclaration[] {
  return file.statements.filter(ts.isImportDeclaration);
}

/** The names in braces of an import declaration. */
export function specifiers(declaration: ts.ImportDeclaration): readonly ts.ImportSpecifier[] {
  const bindings = declaration.importClause?.namedBindings;
  return bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
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
  const kept = new Set(needed.map(({ name }) => name));
  const imported = importsOf(file).flatMap((each) => [defaultOf(each), ...specifiers(each)].flatMap(nameOf));
  const isTaken = (name: string) => [...removed].some((start) => file.text.startsWith(name, start));
  const isGone = (name: string) => {
    const uses = usesOfImported(file, name);
    return uses.length > 0 && uses.every((use) => removed.has(use.getStart(file)));
  };
  return new Set(imported.filter((name) => !kept.has(name) && isTaken(name) && isGone(name)));
}

function defaultOf({ importClause }: ts.ImportDeclaration): ts.ImportClause | undefined {
  return importClause?.name === undefined ? undefined : importClause;
}

function nameOf(imported: ts.ImportClause | ts.ImportSpecifier | undefined): readonly string[] {
  return imported?.name === undefined ? [] : [imported.name.text];
}

function changedImport(
  declaration: ts.ImportDeclaration,
  added: readonly NeededName[],
  gone: ReadonlySet<string>,
  checker: ts.TypeChecker,
  options: ts.CompilerOptions,
): TextChange | undefined {
  const before = specifiers(declaration);
  const isGone = (imported: ts.ImportSpecifier | ts.ImportClause) => nameOf(imported).some((name) => gone.has(name));
  const whole = defaultOf(declaration);
  const isWholeGone = whole !== undefined && isGone(whole);
  if (added.length === 0 && !before.some(isGone) && !isWholeGone) return undefined;

  const texts: string[] = [];
  const placed = new Set<NeededName>();
  for (const specifier of before) {
    if (!isGone(specifier)) texts.push(specifier.getText());
    for (const need of added.filter((each) => names(specifier, each, checker))) {
      texts.push(specifierText(need, declaration, isMarked(specifier, need, options)));
      placed.add(need);
    }
  }
  for (const need of added) if (!placed.has(need)) texts.push(specifierText(need, declaration, true));
  return rewritten(declaration, texts, isWholeGone);
}

// Beside a value, such as a class, nothing says whether types are marked.
function isMarked(specifier: ts.ImportSpecifier, { beside }: NeededName, options: ts.CompilerOptions): boolean {
  const isValue = beside !== undefined && (beside.flags & ts.SymbolFlags.Value) !== 0;
  return specifier.isTypeOnly || isValue || options.verbatimModuleSyntax === true;
}

function specifierText(need: NeededName, declaration: ts.ImportDeclaration, asType: boolean): string {
  return need.isType && asType && declaration.importClause?.isTypeOnly !== true ? `type ${need.name}` : need.name;
}

function rewritten(
  declaration: ts.ImportDeclaration,
  texts: readonly string[],
  isWholeGone: boolean,
): TextChange | undefined {
  const { name, namedBindings: bindings } = declaration.importClause ?? {};
  const isEmpty = texts.length === 0 && (bindings === undefined || ts.isNamedImports(bindings));
  if (isEmpty && (name === undefined || isWholeGone)) {
    const lineEnd = /^\r?\n?/.exec(declaration.getSourceFile().text.slice(declaration.getEnd()))?.[0].length ?? 0;
    return { start: declaration.getStart(), end: declaration.getEnd() + lineEnd, text: "" };
  }
  if (bindings === undefined) return undefined;
  const text = ts.isNamedImports(bindings) ? inBraces(bindings, texts) : bindings.getText();
  const start = isWholeGone && name !== undefined ? name.getStart() : bindings.getStart();
  return { start, end: bindings.getEnd(), text };
}

/** The names in braces, on one line or each on its own, as the list is written so far. */
export function inBraces(list: ts.NamedImports | ts.NamedExports, texts: readonly string[]): string {
  const written = list.getText();
  const indent = /\n([^\S\n]+)/.exec(written)?.[1];
  if (indent !== undefined) {
    const comma = list.elements.hasTrailingComma ? "," : "";
    return `{\n${indent}${texts.join(`,\n${indent}`)}${comma}\n}`;
  }
  return written.startsWith("{ ") ? `{ ${texts.join(", ")} }` : `{${texts.join(", ")}}`;
}

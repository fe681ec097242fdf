import { ts } from "ts-morph";
import { isJavaScript } from "../syntax/annotation.ts";
import { namesIn } from "../syntax/names.ts";
import { resolveAlias } from "../types/resolve-alias.ts";
import { modulePath } from "./imports/module-path.ts";
import { qualified, wholeImportsOf } from "./local-name.ts";
import { namespacesOf } from "./namespaces.ts";
import type { Planner } from "./planner.ts";

/**
 * What a node's file calls the base: what it is imported as, a member of a namespace, its own name, which may have to be
 * imported; and by its module where that means something else there, is not exported, or the file is JavaScript.
 */
export function localBaseName(planner: Planner, node: ts.Node): string {
  const { base } = planner.collected;
  const home = base.kind === "declared" ? base.symbol.declarations?.[0] : undefined;
  if (home === undefined) return base.name;
  const [file, declaredIn] = [node.getSourceFile(), home.getSourceFile()];
  const name = qualified(base.name, namespacesOf(home), node);
  if (file === declaredIn || !ts.isExternalModule(declaredIn)) return name;
  if (isJavaScript(node)) return `import("${modulePath(file, declaredIn, planner.habits)}").${name}`;
  if (namespacesOf(home).length > 0) return name;
  const near = declaredNear(node, base.name);
  const meant = [near, ...importedIn(file)].find((each) => each !== undefined && isOf(planner, each, home));
  if (meant !== undefined && declaredNear(node, meant.text) === meant) return meant.text;
  const exported = exportedAs(planner, home, base.name);
  // Its own name where another module hands it on.
  if (exported === undefined) return name;
  const whole = wholeImportsOf(file, planner.checker).find(({ module }) => module === declaredIn);
  if (whole !== undefined) return `${whole.name}.${exported}`;
  if (near === undefined && exported === base.name) return name;
  return `import("${declaredIn.fileName}").${exported}`;
}

function isOf({ checker }: Planner, name: ts.Identifier, home: ts.Declaration): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  return symbol !== undefined && resolveAlias(symbol, checker).declarations?.includes(home) === true;
}

function importedIn(file: ts.SourceFile): readonly ts.Identifier[] {
  return file.statements.filter(ts.isImportDeclaration).flatMap(({ importClause }) => {
    const bindings = importClause?.namedBindings;
    const named = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
    return [...(importClause?.name === undefined ? [] : [importClause.name]), ...named.map((each) => each.name)];
  });
}

function exportedAs({ checker }: Planner, home: ts.Declaration, name: string): string | undefined {
  const exports = checker.getSymbolAtLocation(home.getSourceFile())?.exports;
  const isHome = (exported: ts.Symbol) => resolveAlias(exported, checker).declarations?.includes(home) === true;
  return [name, "default"].find((each) => {
    const exported = exports?.get(ts.escapeLeadingUnderscores(each));
    return exported !== undefined && isHome(exported);
  });
}

const declarings = new WeakMap<ts.SourceFile, Map<string, readonly ts.Identifier[]>>();

// The innermost declaration that gives a type this name at a node, or keeps the file from importing one under it.
function declaredNear(node: ts.Node, name: string): ts.Identifier | undefined {
  const file = node.getSourceFile();
  const known = declarings.get(file) ?? new Map<string, readonly ts.Identifier[]>();
  declarings.set(file, known);
  const all = known.get(name) ?? namesIn(file, name).filter(isDeclaring);
  known.set(name, all);
  const around = all.filter((each) => ts.findAncestor(node, (outer) => outer === scopeOf(each.parent)) !== undefined);
  return around.toSorted((a, b) => depthOf(b) - depthOf(a))[0];
}

function isDeclaring(name: ts.Node): name is ts.Identifier {
  const { parent } = name;
  if (!ts.isIdentifier(name) || !("name" in parent) || parent.name !== name) return false;
  const isType =
    ts.isClassLike(parent) ||
    ts.isInterfaceDeclaration(parent) ||
    ts.isTypeAliasDeclaration(parent) ||
    ts.isEnumDeclaration(parent) ||
    ts.isTypeParameterDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent) ||
    ts.isImportEqualsDeclaration(parent);
  const isValue = ts.isVariableDeclaration(parent) || ts.isFunctionDeclaration(parent);
  return isType || (isValue && ts.isSourceFile(scopeOf(parent)));
}

function scopeOf(declaration: ts.Node): ts.Node {
  if (ts.isTypeParameterDeclaration(declaration)) return declaration.parent;
  if (ts.isClassExpression(declaration)) return declaration;
  const isScope = (node: ts.Node) => ts.isBlock(node) || ts.isModuleBlock(node) || ts.isSourceFile(node);
  return ts.findAncestor(declaration, isScope) ?? declaration.getSourceFile();
}

function depthOf(name: ts.Node): number {
  let depth = 0;
  for (let node: ts.Node | undefined = scopeOf(name.parent); node !== undefined; node = node.parent) depth++;
  return depth;
}

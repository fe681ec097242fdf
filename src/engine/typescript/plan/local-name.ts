import { ts } from "ts-morph";
import { isJavaScript } from "../syntax/annotation.ts";
import { resolveAlias } from "../types/resolve-alias.ts";
import { importsOf, specifiers } from "./imports/imports.ts";
import { modulePath } from "./imports/module-path.ts";
import { moduleAt, type NeededName, names, routeTo } from "./imports/routes.ts";
import { namespacesOf } from "./namespaces.ts";
import type { Planner } from "./planner.ts";

/**
 * What a file calls the brand: an alias it is imported under already, a member of the namespace import that the file
 * has the base from, an import type in JavaScript; and else its own name, which may have to be imported.
 */
export function localName(planner: Planner, node: ts.Node): string {
  const { brand, checker, habits } = planner;
  const file = node.getSourceFile();
  const name = qualified(brand.name, brand.namespaces, node);
  if (file === brand.file || !ts.isExternalModule(brand.file)) return name;
  if (isJavaScript(node)) return `import("${modulePath(file, brand.file, habits)}").${name}`;
  const need = brandNeed(planner);
  const isBrand = (specifier: ts.ImportSpecifier) => {
    const symbol = checker.getSymbolAtLocation(specifier.name);
    const declared = symbol === undefined ? undefined : resolveAlias(symbol, checker);
    return declared?.name === need.name && declared.declarations?.[0]?.getSourceFile() === brand.file;
  };
  const imported = importsOf(file).flatMap(specifiers);
  const alias = imported.find(isBrand);
  if (alias !== undefined) return name.replace(need.name, alias.name.text);
  if (imported.some((specifier) => names(specifier, need, checker))) return name;
  const namespace = wholeImportsOf(file, checker).find(({ module }) => routeTo(module, need, checker) !== undefined);
  return namespace === undefined ? name : `${namespace.name}.${name}`;
}

/** A name with the namespaces it stands in, as far as the node stands in others. */
export function qualified(name: string, namespaces: readonly string[], node: ts.Node): string {
  const around = namespacesOf(node);
  const isInside = namespaces.every((each, i) => around[i] === each);
  return [...(isInside ? [] : namespaces), name].join(".");
}

/** The name by which other files get at the brand: its own, or that of the namespace it stands in. */
export function brandNeed({ brand, collected: { base } }: Planner): NeededName {
  const [outer = brand.name] = brand.namespaces;
  const beside = base.kind === "declared" ? base.symbol : undefined;
  return { name: outer, declaredIn: brand.file, isType: true, beside };
}

/** A module that a file has under one name: `import * as mm`, `import mm = require(…)`. */
export interface NamespaceImport {
  readonly name: string;
  readonly module: ts.SourceFile;
}

/** The modules that a file has under one name. */
export function wholeImportsOf(file: ts.SourceFile, checker: ts.TypeChecker): readonly NamespaceImport[] {
  return file.statements.flatMap((statement) => {
    const [name, specifier] = namespaceIn(statement);
    const module = moduleAt(specifier, checker);
    return name === undefined || module === undefined ? [] : [{ name: name.text, module }];
  });
}

function namespaceIn(statement: ts.Statement): readonly [ts.Identifier?, ts.Node?] {
  if (ts.isImportDeclaration(statement)) {
    const bindings = statement.importClause?.namedBindings;
    return bindings !== undefined && ts.isNamespaceImport(bindings) ? [bindings.name, statement.moduleSpecifier] : [];
  }
  if (!ts.isImportEqualsDeclaration(statement)) return [];
  const { moduleReference, name } = statement;
  return ts.isExternalModuleReference(moduleReference) ? [name, moduleReference.expression] : [];
}

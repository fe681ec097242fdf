import { ts } from "ts-morph";
import { resolveAlias } from "../../types/resolve-alias.ts";

/** A name that a file will use, and what stands beside it so far: `UserPage` beside `Page`. */
export interface NeededName {
  readonly name: string;
  readonly declaredIn: ts.SourceFile;
  readonly isType: boolean;
  readonly beside: ts.Symbol | undefined;
}

/** What has to change so that a module hands a name on: lists that name its neighbour, and modules that import it first. */
export interface Route {
  readonly lists: readonly ts.NamedExports[];
  readonly imports: readonly ts.SourceFile[];
}

const open: Route = { lists: [], imports: [] };

/**
 * How a module can give a name out: it declares it, hands everything on that another one gives, or names the name's
 * neighbour in a list of what it hands on. Undefined when it cannot.
 */
export function routeTo(module: ts.SourceFile, need: NeededName, checker: ts.TypeChecker): Route | undefined {
  return routeFrom(module, need, checker, new Set());
}

// Modules may hand each other on in a circle.
function routeFrom(
  module: ts.SourceFile,
  need: NeededName,
  checker: ts.TypeChecker,
  passed: Set<ts.SourceFile>,
): Route | undefined {
  if (module === need.declaredIn || exportsAlready(module, need, checker)) return open;
  if (passed.has(module) || module.fileName.includes("/node_modules/")) return undefined;
  passed.add(module);
  const further = (from: ts.SourceFile) => routeFrom(from, need, checker, passed);
  for (const declaration of module.statements.filter(ts.isExportDeclaration)) {
    const route = routeThrough(declaration, need, checker, further);
    if (route !== undefined) return route;
  }
  return undefined;
}

function routeThrough(
  declaration: ts.ExportDeclaration,
  need: NeededName,
  checker: ts.TypeChecker,
  routeOf: (module: ts.SourceFile) => Route | undefined,
): Route | undefined {
  if (declaration.isTypeOnly && !need.isType) return undefined;
  const from = moduleAt(declaration.moduleSpecifier, checker);
  const { exportClause } = declaration;
  if (exportClause === undefined) return from === undefined ? undefined : routeOf(from);
  if (!ts.isNamedExports(exportClause) || !exportClause.elements.some((each) => names(each, need, checker))) {
    return undefined;
  }
  const lists = [exportClause];
  if (declaration.moduleSpecifier === undefined) return { lists, imports: [declaration.getSourceFile()] };
  const further = from === undefined ? undefined : routeOf(from);
  return further === undefined ? undefined : { ...further, lists: [...lists, ...further.lists] };
}

/** The project's file that a module specifier means. */
export function moduleAt(specifier: ts.Node | undefined, checker: ts.TypeChecker): ts.SourceFile | undefined {
  const found = specifier === undefined ? undefined : checker.getSymbolAtLocation(specifier)?.valueDeclaration;
  return found !== undefined && ts.isSourceFile(found) ? found : undefined;
}

/** Does the specifier bring in, or hand on, the neighbour of a needed name? */
export function names(
  specifier: ts.ImportSpecifier | ts.ExportSpecifier,
  need: NeededName,
  checker: ts.TypeChecker,
): boolean {
  const symbol = checker.getSymbolAtLocation(specifier.name);
  return symbol !== undefined && need.beside !== undefined && resolveAlias(symbol, checker) === need.beside;
}

function exportsAlready(module: ts.SourceFile, need: NeededName, checker: ts.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(module);
  const found = symbol === undefined ? undefined : checker.tryGetMemberInModuleExports(need.name, symbol);
  const declared = found === undefined ? undefined : resolveAlias(found, checker).declarations?.[0];
  return declared?.getSourceFile() === need.declaredIn;
}

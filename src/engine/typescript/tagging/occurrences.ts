import { ts } from "ts-morph";
import { createRenamings } from "../reading/renamings.ts";
import { commentsOf, importedType } from "../syntax/annotation.ts";
import { resolveAlias } from "../types/resolve-alias.ts";
import { type Tag, tagNarrowed, tagOccurrence } from "./tag.ts";

/** The type whose occurrences are looked for: a primitive's keyword, or what a name resolves to. */
export type BaseType =
  | { readonly kind: "primitive"; readonly keyword: ts.KeywordTypeSyntaxKind; readonly name: string }
  | { readonly kind: "declared"; readonly symbol: ts.Symbol; readonly name: string };

/** A type node that names the base. */
export type OccurrenceNode = ts.TypeReferenceNode | ts.ImportTypeNode | ts.KeywordTypeNode;

/** All written occurrences of the base in a project, each under its tag. */
export interface Occurrences {
  tagged(tag: Tag): OccurrenceNode | undefined;
  /** In source order. */
  within(file: ts.SourceFile): readonly OccurrenceNode[];
}

/** Finds all occurrences, but those inside these declarations, and tags each; those inside `tests` make what passes. */
export function tagOccurrences(
  files: readonly ts.SourceFile[],
  base: BaseType,
  checker: ts.TypeChecker,
  but: readonly ts.Node[],
  tests: readonly ts.TypePredicateNode[],
): Occurrences {
  const all: OccurrenceNode[] = [];
  const byFile = new Map<ts.SourceFile, readonly OccurrenceNode[]>();
  const isInside = (node: ts.Node, outer: readonly ts.Node[]) =>
    outer.length > 0 && ts.findAncestor(node, (ancestor) => outer.includes(ancestor)) !== undefined;
  const names = new Set(base.kind === "declared" ? namesOf(base.symbol, files, checker) : []);
  for (const file of files) {
    if (base.kind === "declared" && ![...names].some((name) => mentionsName(file, name))) continue;
    const found = occurrencesIn(file, base, names, checker);
    const meant = found.filter((node) => !isInside(node, but));
    if (meant.length > 0) byFile.set(file, meant);
    all.push(...meant);
  }
  for (const [i, node] of all.entries()) {
    if (isInside(node, tests)) tagNarrowed(node, `@${i}`);
    else tagOccurrence(node, `@${i}`);
  }
  return { tagged: (tag) => all[Number(tag.slice(1))], within: (file) => byFile.get(file) ?? [] };
}

function namesOf(base: ts.Symbol, files: readonly ts.SourceFile[], checker: ts.TypeChecker): readonly string[] {
  return createRenamings(files, checker).of(base.name, base.declarations ?? []);
}

/**
 * Every place of a file where the base is written as a type, in source order.
 * Left out: under `keyof` and as the object of an indexed access, where no value of the base is held, and inside
 * template literal types, which have no room for a brand. `names` are those that a declared base goes by.
 */
function occurrencesIn(
  file: ts.SourceFile,
  base: BaseType,
  names: ReadonlySet<string>,
  checker: ts.TypeChecker,
): readonly OccurrenceNode[] {
  const found: OccurrenceNode[] = [];
  const isNamed = (name: ts.EntityName) => names.has(lastOf(name).text);
  const visit = (node: ts.Node): void => {
    if (isOccurrence(node, base, isNamed, checker)) found.push(node);
    else if (!holdsNoValue(node)) {
      for (const comment of commentsOf(node)) ts.forEachChild(comment, visit);
      ts.forEachChild(node, visit);
    }
  };
  ts.forEachChild(file, visit);
  return found;
}

/** Whether the parser met this identifier anywhere in the file: a look-up, not a walk. */
export function mentionsName(file: ts.SourceFile, name: string): boolean {
  const { identifiers } = file as ts.SourceFile & { readonly identifiers?: ReadonlyMap<string, string> };
  return identifiers === undefined || identifiers.has(name);
}

// The checker is asked only about names that may mean the base.
function isOccurrence(
  node: ts.Node,
  base: BaseType,
  isNamed: (name: ts.EntityName) => boolean,
  checker: ts.TypeChecker,
): node is OccurrenceNode {
  if (base.kind === "primitive") return node.kind === base.keyword && ts.isTypeNode(node);
  if (ts.isTypeReferenceNode(node)) return isNamed(node.typeName) && resolves(node.typeName, base.symbol, checker);
  const isPlace = ts.isImportTypeNode(node) && !node.isTypeOf && importedType(node.parent.parent) !== node;
  return isPlace && node.qualifier !== undefined ? resolves(node.qualifier, base.symbol, checker) : false;
}

function lastOf(name: ts.EntityName): ts.Identifier {
  return ts.isIdentifier(name) ? name : name.right;
}

function resolves(name: ts.EntityName, symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  const found = checker.getSymbolAtLocation(lastOf(name));
  if (found === undefined) return false;
  const target = resolveAlias(found, checker);
  return target === symbol || (target.declarations?.some((each) => importsAs(each, symbol, checker)) ?? false);
}

// `@typedef {import("./mm.js").Page} Page` is how a comment imports a type: not a place, but a name.
function importsAs(declaration: ts.Node, symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  const imported = importedType(declaration)?.qualifier;
  return imported !== undefined && resolves(imported, symbol, checker);
}

function holdsNoValue(node: ts.Node): boolean {
  if (ts.isTypeOperatorNode(node)) return node.operator === ts.SyntaxKind.KeyOfKeyword;
  return ts.isTemplateLiteralTypeNode(node) || ts.isTypeQueryNode(node);
}

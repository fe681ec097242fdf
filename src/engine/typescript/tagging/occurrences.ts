import { ts } from "ts-morph";
import { createRenamings } from "../reading/renamings.ts";
import { commentsOf, importedType } from "../syntax/annotation.ts";
import { mentionsName, namesIn } from "../syntax/names.ts";
import { isFoundInAnything } from "../syntax/primitive-alone.ts";
import { declaredName } from "../types/declared-name.ts";
import { isOfLiterals } from "../types/of-literals.ts";
import { resolveAlias } from "../types/resolve-alias.ts";
import type { InferredPlace, SpelledOut } from "./spelled-out.ts";
import { type Tag, tagNarrowed, tagOccurrence, untag } from "./tag.ts";

/** The type whose occurrences are looked for: a primitive's keyword, or what a name resolves to. */
export type BaseType =
  | { readonly kind: "primitive"; readonly keyword: ts.KeywordTypeSyntaxKind; readonly name: string }
  | { readonly kind: "declared"; readonly symbol: ts.Symbol; readonly name: string };

/** A type node that names the base. */
export type OccurrenceNode = ts.TypeReferenceNode | ts.ImportTypeNode | ts.KeywordTypeNode;

/** All written occurrences of the base in a project, each under its tag. */
export interface Occurrences {
  tagged(tag: Tag): OccurrenceNode | undefined;
  /** Of a tag in a type that has been spelled out: the declaration that it is inferred for, and where in its type. */
  spelledOut(tag: Tag): (InferredPlace & Pick<SpelledOut, "declaration">) | undefined;
  /** Is this a call with its type arguments spelled out? */
  isSpelledOut(call: ts.Node): boolean;
  /** In source order. */
  within(file: ts.SourceFile): readonly OccurrenceNode[];
  /** Does something while all trees are as they were parsed. */
  whileUntagged<Result>(work: () => Result): Result;
}

/** What is tagged otherwise than most. */
export interface Tagging {
  /** Nothing inside of these declarations is tagged. */
  readonly but: readonly ts.Node[];
  readonly tests: Tests;
  /** Types that are not written, and tagged all the same. */
  readonly spelledOut: readonly SpelledOut[];
}

/** The predicates that a question is about. */
interface Tests {
  readonly asked: readonly ts.Node[];
  /** What is tagged inside of these is what makes whoever passes: no brand that is no subtype can be made by a test. */
  readonly minting: readonly ts.Node[];
}

/** Finds all written occurrences and tags each. */
export function tagOccurrences(
  files: readonly ts.SourceFile[],
  base: BaseType,
  checker: ts.TypeChecker,
  { but, tests, spelledOut }: Tagging,
): Occurrences {
  const all: OccurrenceNode[] = [];
  const byFile = new Map<ts.SourceFile, readonly OccurrenceNode[]>();
  const isInside = (node: ts.Node, outer: readonly ts.Node[]) =>
    outer.length > 0 && ts.findAncestor(node, (ancestor) => outer.includes(ancestor)) !== undefined;
  const names = base.kind === "declared" ? namesOf(base.symbol, files, checker) : [];
  for (const file of files) {
    if (base.kind === "declared" && !names.some((name) => mentionsName(file, name))) continue;
    const found = occurrencesIn(file, base, names, checker);
    const isFound = (node: ts.Node) =>
      base.kind === "primitive" && isFoundInAnything(node) && !isInside(node, tests.asked);
    const meant = found.filter((node) => !isInside(node, but) && !isFound(node));
    if (meant.length > 0) byFile.set(file, meant);
    all.push(...meant);
  }
  const inferred = new Map<Tag, InferredPlace & Pick<SpelledOut, "declaration">>();
  const declarations = spelledOut.map(({ declaration }) => declaration);
  const calls = new Set<ts.Node>(declarations.filter((each) => ts.isCallExpression(each) || ts.isNewExpression(each)));
  for (const { declaration, places, put } of spelledOut) {
    put();
    for (const place of places) inferred.set(`@${all.push(place.node) - 1}`, { ...place, declaration });
  }
  for (const [i, node] of all.entries()) {
    if (isInside(node, tests.minting)) tagNarrowed(node, `@${i}`);
    else tagOccurrence(node, `@${i}`);
  }
  return {
    tagged: (tag) => all[Number(tag.slice(1))],
    spelledOut: (tag) => inferred.get(tag),
    isSpelledOut: (call) => calls.has(call),
    within: (file) => byFile.get(file) ?? [],
    whileUntagged: (work) => {
      const tagAgain = all.map(untag);
      for (const { take } of spelledOut) take();
      try {
        return work();
      } finally {
        for (const { put } of spelledOut) put();
        for (const tag of tagAgain) tag();
      }
    },
  };
}

function namesOf(base: ts.Symbol, files: readonly ts.SourceFile[], checker: ts.TypeChecker): readonly string[] {
  return createRenamings(files, checker).of(declaredName(base), base.declarations ?? []);
}

/**
 * Every place of a file where the base is written as a type, in source order.
 * Left out: under `keyof`, as the object of an indexed access and, of literals, as the keys of a record, where no value of
 * the base is held, and inside template literal types, which have no room for a brand. `names` are those that a declared
 * base goes by.
 */
function occurrencesIn(
  file: ts.SourceFile,
  base: BaseType,
  names: readonly string[],
  checker: ts.TypeChecker,
): readonly OccurrenceNode[] {
  return base.kind === "primitive" ? keywordsIn(file, base.keyword) : referencesIn(file, base.symbol, names, checker);
}

function keywordsIn(file: ts.SourceFile, keyword: ts.KeywordTypeSyntaxKind): readonly OccurrenceNode[] {
  const found: OccurrenceNode[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === keyword && ts.isTypeNode(node)) {
      if (!isAccessed(node)) found.push(node as ts.KeywordTypeNode);
    } else if (!holdsNoValue(node)) {
      for (const comment of commentsOf(node)) ts.forEachChild(comment, visit);
      ts.forEachChild(node, visit);
    }
  };
  ts.forEachChild(file, visit);
  return found;
}

function referencesIn(
  file: ts.SourceFile,
  base: ts.Symbol,
  names: readonly string[],
  checker: ts.TypeChecker,
): readonly OccurrenceNode[] {
  const found = new Set<ts.Node>();
  const isLeftOut = (node: ts.Node) => holdsNoValue(node) || found.has(node);
  const namesMembers = isOfLiterals(checker.getDeclaredTypeOfSymbol(base));
  const named = names.flatMap((name) => namesIn(file, name)).sort((a, b) => a.pos - b.pos);
  return named.flatMap((name) => {
    const node = placeNamedBy(name);
    if (node === undefined || isAccessed(node) || !resolves(name, base, checker)) return [];
    if (namesMembers && isOfKeys(node)) return [];
    if (ts.findAncestor(node.parent, isLeftOut) !== undefined) return [];
    found.add(node);
    return [node];
  });
}

// `Page`, `mm.Page`, `import("./mm").Page`.
function placeNamedBy(name: ts.Node): ts.TypeReferenceNode | ts.ImportTypeNode | undefined {
  const whole = ts.isQualifiedName(name.parent) && name.parent.right === name ? name.parent : name;
  const { parent } = whole;
  if (ts.isTypeReferenceNode(parent)) return parent.typeName === whole ? parent : undefined;
  if (!ts.isImportTypeNode(parent) || parent.qualifier !== whole || parent.isTypeOf) return undefined;
  return importedType(parent.parent.parent) === parent ? undefined : parent;
}

function resolves(name: ts.Node, symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  const found = checker.getSymbolAtLocation(name);
  if (found === undefined) return false;
  const target = resolveAlias(found, checker);
  return target === symbol || (target.declarations?.some((each) => importsAs(each, symbol, checker)) ?? false);
}

function lastOf(name: ts.EntityName): ts.Identifier {
  return ts.isIdentifier(name) ? name : name.right;
}

// `@typedef {import("./mm.js").Page} Page` is how a comment imports a type: not a place, but a name.
function importsAs(declaration: ts.Node, symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  const imported = importedType(declaration)?.qualifier;
  return imported !== undefined && resolves(lastOf(imported), symbol, checker);
}

// `Page["index"]`: what is held is the member.
function isAccessed(node: ts.Node): boolean {
  return ts.isIndexedAccessTypeNode(node.parent) && node.parent.objectType === node;
}

// `Record<Status, number>` and `{ [K in Status]: number }` have the members that it names.
function isOfKeys(node: ts.TypeNode): boolean {
  const { parent } = node;
  if (ts.isTypeParameterDeclaration(parent)) return ts.isMappedTypeNode(parent.parent);
  if (!ts.isTypeReferenceNode(parent) || parent.typeName.getText() !== "Record") return false;
  return parent.typeArguments?.[0] === node;
}

function holdsNoValue(node: ts.Node): boolean {
  if (ts.isTypeOperatorNode(node)) return node.operator === ts.SyntaxKind.KeyOfKeyword;
  return ts.isTemplateLiteralTypeNode(node);
}

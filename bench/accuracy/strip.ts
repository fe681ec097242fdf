import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import ts from "typescript-6";
import { applyChanges, type TextChange } from "../../src/engine/edit.ts";

/** A cast or `satisfies` creates the brand, any other place declares it; some declare it inside another type. */
export type PlaceKind = "annotation" | "cast" | "predicate" | "record-key" | "template-type";

/** A place where the authors wrote the brand, as it stands once the brand is replaced by its base. */
export interface WrittenBrand {
  /** Relative to the project, with `/`. */
  readonly file: string;
  /** UTF-16 offset in the stripped text. */
  readonly start: number;
  readonly kind: PlaceKind;
  /** The declaration around it, for a reader: `Repo.find(id)`. */
  readonly place: string;
}

/** A project whose brand is gone, and what was written there before. */
export interface Stripped {
  readonly written: readonly WrittenBrand[];
  /** Selectors of the functions and properties where the authors' own casts made the brand. */
  readonly producers: readonly string[];
}

interface Found {
  readonly node: ts.TypeReferenceNode;
  readonly kind: WrittenBrand["kind"];
}

/**
 * Replaces every use of a brand by its base, on disk, and keeps the brand's declaration.
 * @param brand `file#Name`, relative to the program's folder
 */
export function strip(program: ts.Program, folder: string, brand: string, base: string): Stripped {
  const uses = { brand: symbolOf(program, folder, brand), base, checker: program.getTypeChecker() };
  const files = program.getSourceFiles().filter((file) => isOwn(file, folder));
  const found = files.map((file) => ({ file, name: nameOf(file, folder), uses: usesIn(file, uses) }));
  const producers = found.flatMap(({ name, uses: each }) =>
    each.flatMap((use) => producerOf(use, uses)).map((selector) => `${name}#${selector}`),
  );
  const written = found.flatMap(({ file, name, uses: each }) => replaceIn(file, name, each, uses));
  return { written, producers: [...new Set(producers)] };
}

interface BrandUses {
  readonly brand: ts.Symbol;
  readonly base: string;
  readonly checker: ts.TypeChecker;
}

function isOwn(file: ts.SourceFile, folder: string): boolean {
  return file.fileName.startsWith(`${folder}/`) && !file.fileName.includes("/node_modules/");
}

function nameOf(file: ts.SourceFile, folder: string): string {
  return relative(folder, file.fileName).replaceAll("\\", "/");
}

function symbolOf(program: ts.Program, folder: string, brand: string): ts.Symbol {
  const [path = "", name] = brand.split("#");
  const file = program.getSourceFile(`${folder}/${path}`);
  const declaration = file?.statements.find((each) => ts.isTypeAliasDeclaration(each) && each.name.text === name);
  const symbol =
    declaration && program.getTypeChecker().getSymbolAtLocation((declaration as ts.TypeAliasDeclaration).name);
  if (symbol === undefined) throw new Error(`${brand}: no such type alias; name one as file.ts#Name`);
  return symbol;
}

function usesIn(file: ts.SourceFile, { brand, checker }: BrandUses): readonly Found[] {
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (isOwnDeclaration(node, brand)) return;
    if (ts.isTypeReferenceNode(node) && means(node.typeName, brand, checker)) found.push({ node, kind: kindOf(node) });
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

// A value of the same name may be declared beside the type, which is why the node decides.
function isOwnDeclaration(node: ts.Node, brand: ts.Symbol): boolean {
  return ts.isTypeAliasDeclaration(node) && (brand.declarations ?? []).includes(node);
}

function means(name: ts.EntityName, brand: ts.Symbol, checker: ts.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  if (symbol === undefined) return false;
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol === brand : checker.getAliasedSymbol(symbol) === brand;
}

function kindOf(node: ts.Node): PlaceKind {
  const { parent } = node;
  if (ts.isTypeReferenceNode(parent) && parent.typeName.getText() === "Record" && parent.typeArguments?.[0] === node) {
    return "record-key";
  }
  if (ts.isMappedTypeNode(parent.parent) || ts.isIndexSignatureDeclaration(parent.parent)) return "record-key";
  if (ts.isTemplateLiteralTypeSpan(parent)) return "template-type";
  const typed = ts.findAncestor(node, (each) => !ts.isTypeNode(each.parent));
  if (typed === undefined) return "annotation";
  if (ts.isTypePredicateNode(parent)) return "predicate";
  return isCast(typed.parent) ? "cast" : "annotation";
}

function isCast(node: ts.Node): boolean {
  return ts.isAsExpression(node) || ts.isTypeAssertionExpression(node) || ts.isSatisfiesExpression(node);
}

// Where the authors mint: a function that returns what it casts, a property or variable declared with the cast, and a
// type predicate, whose value is branded because a test says so.
function producerOf({ node, kind }: Found, { brand, checker }: BrandUses): readonly string[] {
  if (kind === "predicate") return selectorOf(node.parent.parent, checker);
  if (kind !== "cast" || !ts.isAsExpression(node.parent)) return [];
  const holder = ts.findAncestor(node.parent.parent, isHolder);
  if (holder === undefined) return [];
  if (!ts.isFunctionLike(holder)) return holder.type === undefined ? [] : selectorOf(holder, checker);
  return returns(holder, brand, checker) ? selectorOf(holder, checker) : [];
}

type Holder = ts.PropertyDeclaration | ts.VariableDeclaration | ts.SignatureDeclaration;

function isHolder(node: ts.Node): node is Holder {
  const isDeclared = ts.isPropertyDeclaration(node) || ts.isVariableDeclaration(node);
  return (isDeclared && node.type !== undefined) || ts.isFunctionLike(node);
}

// The brand itself or a promise of it.
function returns(owner: ts.SignatureDeclaration, brand: ts.Symbol, checker: ts.TypeChecker): boolean {
  const returned = checker.getSignatureFromDeclaration(owner)?.getReturnType();
  if (returned === undefined) return false;
  return (checker.getAwaitedType(returned) ?? returned) === checker.getDeclaredTypeOfSymbol(brand);
}

function selectorOf(declaration: ts.Node, checker: ts.TypeChecker): readonly string[] {
  const isInner = ts.isArrowFunction(declaration) || ts.isFunctionExpression(declaration);
  const named = isInner ? declaration.parent : declaration;
  const name = nameNode(named);
  if (name === undefined) return [];
  // A selector cannot say which of several overloads it means.
  const same = checker.getSymbolAtLocation(name)?.declarations?.filter(ts.isFunctionLike) ?? [];
  if (same.length > 1) return [];
  const owner = ts.isClassLike(named.parent) ? named.parent.name?.text : undefined;
  return [owner === undefined ? name.getText() : `${owner}.${name.getText()}`];
}

function nameNode(node: ts.Node): ts.Node | undefined {
  return "name" in node ? (node.name as ts.Node | undefined) : undefined;
}

function replaceIn(
  file: ts.SourceFile,
  name: string,
  found: readonly Found[],
  uses: BrandUses,
): readonly WrittenBrand[] {
  if (found.length === 0) return [];
  const changes = found.map(({ node }) => changeOf(node, uses));
  writeFileSync(file.fileName, applyChanges(file.text, changes));
  let shift = 0;
  return found.flatMap(({ node, kind }, i) => {
    const { start, end, text } = changes[i] ?? changeOf(node, uses);
    const place = { file: name, start: start + shift, kind, place: placeOf(node) };
    shift += text.length - (end - start);
    return place;
  });
}

// A string cast to string says nothing: nobody had written it before there was a brand.
function changeOf(node: ts.TypeReferenceNode, { base, checker }: BrandUses): TextChange {
  const { parent } = node;
  const replaced = { start: node.getStart(), end: node.getEnd(), text: base };
  if (!ts.isAsExpression(parent)) return replaced;
  const plain = checker.getBaseTypeOfLiteralType(checker.getTypeAtLocation(parent.expression));
  if (checker.typeToString(plain) !== base) return replaced;
  return { start: parent.expression.getEnd(), end: node.getEnd(), text: "" };
}

function placeOf(node: ts.Node): string {
  const names: string[] = [];
  for (let at: ts.Node = node; at.parent !== undefined; at = at.parent) {
    const name = nameNode(at);
    if (name !== undefined && !ts.isTypeReferenceNode(at)) names.unshift(name.getText());
  }
  return names.join(".");
}

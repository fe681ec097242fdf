import { ts } from "ts-morph";
import { InputError } from "../../input-error.ts";
import { typeArguments } from "../tagging/leaves.ts";
import type { BaseType } from "../tagging/occurrences.ts";
import { declaredName } from "../types/declared-name.ts";
import { resolveAlias } from "../types/resolve-alias.ts";
import { namelessIn } from "./nameless.ts";
import { type Selection, type SelectionScope, select } from "./select.ts";

const primitives = {
  string: ts.SyntaxKind.StringKeyword,
  number: ts.SyntaxKind.NumberKeyword,
  bigint: ts.SyntaxKind.BigIntKeyword,
  boolean: ts.SyntaxKind.BooleanKeyword,
  symbol: ts.SyntaxKind.SymbolKeyword,
} as const;

/**
 * The base type: as named (a primitive, `Name` or `file.ts#Name`), or what the producer hands out.
 * @throws InputError when nothing or more than one thing is meant
 */
export function findBase(
  name: string | undefined,
  source: Selection,
  scope: SelectionScope,
  checker: ts.TypeChecker,
): BaseType {
  if (name === undefined) return baseOf(source, checker);
  const primitive = primitiveNamed(name);
  if (primitive !== undefined) return primitive;

  const declared = typesNamed(name, scope, checker);
  const found = declared.size > 0 ? declared : typesInScope(name, source.declaration, checker);
  const [only] = found;
  if (only === undefined)
    throw new InputError(
      `--base ${name}: the project declares no such type, and none is imported where the source stands`,
    );
  if (found.size > 1) throw new InputError(`--base ${name}: declared more than once; write file.ts#${name}`);
  return baseBehind(only);
}

// By a bare name what stands at the top of a file, types alone; with its file whatever a selector can name.
function typesNamed(name: string, scope: SelectionScope, checker: ts.TypeChecker): ReadonlySet<ts.Symbol> {
  const declarations = name.includes("#")
    ? select(name, scope).map(({ declaration }) => declaration)
    : scope.files.flatMap(({ statements }) =>
        statements.filter((each) => isNamedType(each) && each.name?.text === name),
      );
  const names = declarations.filter(isNamedType).flatMap((declaration) => declaration.name ?? []);
  return new Set(names.flatMap((each) => checker.getSymbolAtLocation(each) ?? []));
}

// `Date`, and what is imported from a library.
function typesInScope(name: string, at: ts.Node, checker: ts.TypeChecker): ReadonlySet<ts.Symbol> {
  const all = checker.getSymbolsInScope(at, ts.SymbolFlags.Type | ts.SymbolFlags.Alias);
  const named = all.filter((each) => each.name === name).map((each) => resolveAlias(each, checker));
  return new Set(named.filter(({ declarations }) => declarations?.some(isNamedType) === true));
}

function isNamedType(node: ts.Node): node is TypeDeclaration | ts.EnumDeclaration {
  return isTypeDeclaration(node) || ts.isEnumDeclaration(node);
}

function primitiveNamed(name: string): BaseType | undefined {
  return name in primitives
    ? { kind: "primitive", keyword: primitives[name as keyof typeof primitives], name }
    : undefined;
}

// `type Id = string` is another name for what is written as `string` elsewhere.
function baseBehind(symbol: ts.Symbol): BaseType {
  const alias = symbol.declarations?.find(ts.isTypeAliasDeclaration);
  const primitive = alias === undefined ? undefined : primitiveNamed(ts.tokenToString(alias.type.kind) ?? "");
  return primitive ?? { kind: "declared", symbol, name: declaredName(symbol) };
}

/** The base as a checker knows it: of what is declared in several files each checker makes a symbol of its own. */
export function baseFor(base: BaseType, checker: ts.TypeChecker): BaseType {
  if (base.kind === "primitive") return base;
  const [name] = (base.symbol.declarations ?? []).flatMap((each) => ts.getNameOfDeclaration(each) ?? []);
  const symbol = name === undefined ? undefined : checker.getSymbolAtLocation(name);
  return symbol === undefined ? base : { ...base, symbol };
}

/** The type that the base is for a checker. */
export function typeOfBase(base: BaseType, checker: ts.TypeChecker): ts.Type {
  if (base.kind === "declared") return checker.getDeclaredTypeOfSymbol(base.symbol);
  switch (base.name) {
    case "number":
      return checker.getNumberType();
    case "bigint":
      return checker.getBigIntType();
    case "boolean":
      return checker.getBooleanType();
    case "symbol":
      return checker.getESSymbolType();
    default:
      return checker.getStringType();
  }
}

type TypeDeclaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration;

/** Does the node declare a type by name? */
export function isTypeDeclaration(node: ts.Node): node is TypeDeclaration {
  return ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node);
}

/** What is wrong with a source that the compiler knows nothing of. */
export const ofAny = "its type is any, so the compiler follows nothing from here; write down what it is";

function baseOf(source: Selection, checker: ts.TypeChecker): BaseType {
  const found = new Map<unknown, BaseType>();
  const inferred = source.annotation === undefined ? inferredTypeOf(source.declaration, checker) : undefined;
  if (source.annotation !== undefined) collectWritten(source.annotation, checker, found);
  else if (inferred !== undefined) collectInferred(inferred, checker, found);
  if (inferred !== undefined && (inferred.flags & ts.TypeFlags.Any) !== 0)
    throw new InputError(`${source.name}: ${ofAny}`);

  const [only] = found.values();
  if (only !== undefined && found.size === 1) return only;
  if (found.size === 0 && inferred !== undefined && inferred.getCallSignatures().length > 0)
    throw new InputError(`${source.name}: ${madeElsewhere(source.name, checker.typeToString(inferred))}`);
  const nameless = source.annotation === undefined ? undefined : namelessIn(source.annotation, checker);
  if (found.size === 0 && nameless !== undefined) throw new InputError(`${source.name}: ${nameless}`);
  const names = [...found.values()].map((base) => base.name);
  const problem = found.size === 0 ? "its type names nothing that could be branded" : `it holds ${names.join(" and ")}`;
  throw new InputError(`${source.name}: ${problem}; say which type to brand with --base`);
}

/** What is wrong with a source such as `const nextId = counter(1)`: what it gives is written nowhere in the project. */
export function madeElsewhere(name: string, type: string): string {
  return `a function that is made elsewhere, and nothing here says what it gives; write down its type, such as ${name}: ${type}`;
}

const transparent: ReadonlySet<string | undefined> = new Set([
  "Array",
  "ReadonlyArray",
  "Promise",
  "PromiseLike",
  "Set",
  "ReadonlySet",
  "Iterable",
  "IterableIterator",
  "Generator",
  "AsyncIterable",
  "AsyncIterableIterator",
  "AsyncGenerator",
]);

// Through containers, promises and unions with null, down to the names of what they hold.
function collectWritten(node: ts.TypeNode, checker: ts.TypeChecker, found: Map<unknown, BaseType>): void {
  if (namesMember(node, checker)) {
    collectInferred(checker.getTypeFromTypeNode(node), checker, found);
    return;
  }
  if (ts.isTypeReferenceNode(node) && !transparent.has(node.typeName.getText())) {
    const symbol = checker.getSymbolAtLocation(node.typeName);
    const base = symbol === undefined ? undefined : resolveAlias(symbol, checker);
    // What it is is said where it is used.
    if (base !== undefined && (base.flags & ts.SymbolFlags.TypeParameter) !== 0) return;
    if (base !== undefined && !isWrapper(base)) put(found, baseBehind(base));
    if (base === undefined || !isWrapper(base)) return;
  }
  if (ts.isTemplateLiteralTypeNode(node)) return;
  const primitive = primitiveNamed(ts.tokenToString(node.kind) ?? "");
  if (primitive !== undefined) put(found, primitive);
  ts.forEachChild(node, (child) => {
    if (ts.isTypeNode(child)) collectWritten(child, checker, found);
  });
}

// `User["id"]`, and `IdOf<User>` with `type IdOf<T extends Entity> = T["id"]`.
function namesMember(node: ts.TypeNode, checker: ts.TypeChecker): boolean {
  if (ts.isIndexedAccessTypeNode(node)) return true;
  const symbol = ts.isTypeReferenceNode(node) ? checker.getSymbolAtLocation(node.typeName) : undefined;
  const declarations = symbol === undefined ? [] : (resolveAlias(symbol, checker).declarations ?? []);
  return declarations.some((each) => ts.isTypeAliasDeclaration(each) && ts.isIndexedAccessTypeNode(each.type));
}

// `type Nullable<T> = T | null`: it is what its argument is, or nothing.
function isWrapper(symbol: ts.Symbol): boolean {
  const alias = symbol.declarations?.find(ts.isTypeAliasDeclaration);
  const parameters = alias?.typeParameters?.map(({ name }) => name.text) ?? [];
  if (alias === undefined || !ts.isUnionTypeNode(alias.type)) return false;
  return alias.type.types.every((each) => isNothing(each) || parameters.includes(each.getText()));
}

function isNothing(type: ts.TypeNode): boolean {
  const { kind } = ts.isLiteralTypeNode(type) ? type.literal : type;
  return kind === ts.SyntaxKind.NullKeyword || kind === ts.SyntaxKind.UndefinedKeyword;
}

function put(found: Map<unknown, BaseType>, base: BaseType): void {
  found.set(base.kind === "declared" ? base.symbol : base.name, base);
}

function inferredTypeOf(declaration: ts.Node, checker: ts.TypeChecker): ts.Type {
  const signature = ts.isFunctionLike(declaration) ? checker.getSignatureFromDeclaration(declaration) : undefined;
  return signature === undefined ? checker.getTypeAtLocation(declaration) : checker.getReturnTypeOfSignature(signature);
}

function collectInferred(type: ts.Type, checker: ts.TypeChecker, found: Map<unknown, BaseType>): void {
  const inner = checker.getAwaitedType(type) ?? type;
  for (const each of inner.isUnion() ? inner.types : [inner]) {
    const isHolder = transparent.has(each.symbol?.name);
    const held = isHolder ? typeArguments(each, checker) : [];
    if (held.length === 0) addInferred(each, checker, found);
    for (const [, part] of held) collectInferred(part, checker, found);
  }
}

function addInferred(type: ts.Type, checker: ts.TypeChecker, found: Map<unknown, BaseType>): void {
  const primitive = primitiveNamed(checker.typeToString(checker.getBaseTypeOfLiteralType(type)));
  const symbol = type.aliasSymbol ?? type.symbol;
  const isNamed = symbol?.declarations?.some(isTypeDeclaration) ?? false;
  if (primitive !== undefined) put(found, primitive);
  else if (symbol !== undefined && isNamed) put(found, { kind: "declared", symbol, name: declaredName(symbol) });
}

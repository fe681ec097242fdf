import { ts } from "ts-morph";
import type { SurfaceChange } from "../../answer/report.ts";
import { isLibraryFile } from "../project/libraries.ts";
import { isReference, typeArguments } from "../tagging/leaves.ts";
import { type Tag, tagsOf } from "../tagging/tag.ts";

/** A place inside an exported type that holds the base, and which way values go through it. */
export type Place =
  | { readonly kind: "tag"; readonly tag: Tag; readonly change: SurfaceChange["change"] }
  | { readonly kind: "return"; readonly declaration: ts.Node; readonly change: SurfaceChange["change"] };

type Change = SurfaceChange["change"];

interface Walk {
  readonly checker: ts.TypeChecker;
  readonly root: ts.Symbol;
  /** Exported on their own, so not entered from here. */
  readonly named: ReadonlySet<ts.Symbol>;
  readonly found: Place[];
  readonly queue: (readonly [ts.Type, Change])[];
  readonly seen: Map<ts.Type | ts.Symbol, Set<Change>>;
  /** The very types met, whose arguments were entered then. */
  readonly met: Record<Change, Set<ts.Type>>;
}

/**
 * Every such place of an export. Results are produced and parameters consumed, callbacks the other way round; an
 * interface or alias is both, since a consumer may read it or build it; a class's field that may be written is both.
 */
export function placesIn(root: ts.Symbol, named: ReadonlySet<ts.Symbol>, checker: ts.TypeChecker): readonly Place[] {
  const met = { produced: new Set<ts.Type>(), consumed: new Set<ts.Type>(), both: new Set<ts.Type>() };
  const walk: Walk = { checker, root, named, found: [], queue: [], seen: new Map(), met };
  if (root.flags & ts.SymbolFlags.Class) enterClass(walk, root);
  else if (root.flags & ts.SymbolFlags.Type) enter(walk, checker.getDeclaredTypeOfSymbol(root), "both");
  else if (root.flags & ts.SymbolFlags.Value) enter(walk, checker.getTypeOfSymbol(root), "produced");
  // The list grows while it is walked.
  for (const [type, change] of walk.queue) enterOne(walk, type, change);
  return walk.found;
}

function enterClass(walk: Walk, symbol: ts.Symbol): void {
  const type = walk.checker.getTypeOfSymbol(symbol);
  for (const side of [walk.checker.getDeclaredTypeOfSymbol(symbol), type]) {
    enterProperties(walk, side, (property) => (isWritable(property) ? "both" : "produced"));
  }
  for (const signature of type.getConstructSignatures()) enterParameters(walk, signature, "consumed");
}

function enter(walk: Walk, type: ts.Type, change: Change): void {
  if (walk.met[change].has(type)) return;
  walk.met[change].add(type);
  const key = keyOf(type);
  const seen = walk.seen.get(key) ?? new Set<Change>();
  walk.seen.set(key, seen);
  for (const argument of argumentsOf(walk, type)) enter(walk, argument, change);
  if (seen.has(change)) return;
  seen.add(change);
  walk.queue.push([type, change]);
}

function argumentsOf({ checker }: Walk, type: ts.Type): readonly ts.Type[] {
  const own = typeArguments(type, checker).map(([, argument]) => argument);
  return [...own, ...(type.aliasTypeArguments ?? [])].filter((argument) => argument !== type);
}

function enterOne(walk: Walk, type: ts.Type, change: Change): void {
  const tags = tagsOf(type);
  for (const tag of tags) walk.found.push({ kind: "tag", tag, change });
  if (tags.length > 0) return;
  if (type.isUnionOrIntersection()) for (const member of type.types) enter(walk, member, change);
  // A tuple's members are those of arrays, and what they hold are its type arguments.
  if ((type.flags & ts.TypeFlags.Object) === 0 || walk.checker.isTupleType(type) || isOfOthers(walk, type)) return;
  enterObject(walk, isReference(type) ? type.target : type, change);
}

function enterObject(walk: Walk, type: ts.Type, change: Change): void {
  enterProperties(walk, type, () => change);
  for (const signature of [...type.getCallSignatures(), ...type.getConstructSignatures()]) {
    enterParameters(walk, signature, turned(change));
    const { declaration } = signature;
    if (declaration !== undefined) walk.found.push({ kind: "return", declaration, change });
    enter(walk, signature.getReturnType(), change);
  }
  for (const { type: value } of walk.checker.getIndexInfosOfType(type)) enter(walk, value, change);
}

function enterProperties(walk: Walk, type: ts.Type, changeOf: (property: ts.Symbol) => Change): void {
  for (const property of walk.checker.getPropertiesOfType(type)) {
    if (isPrivate(property) || property.flags & ts.SymbolFlags.Prototype) continue;
    enter(walk, walk.checker.getTypeOfSymbol(property), changeOf(property));
  }
}

function enterParameters(walk: Walk, signature: ts.Signature, change: Change): void {
  for (const parameter of signature.getParameters()) enter(walk, walk.checker.getTypeOfSymbol(parameter), change);
}

// What a declaration says it says in all its instances, whose type arguments are entered on their own: the instances of
// a generic type that refers to itself may be without end.
function keyOf(type: ts.Type): ts.Type | ts.Symbol {
  if (isReference(type)) return type.target;
  if (type.isClassOrInterface()) return type;
  const symbol: ts.Symbol | undefined = type.symbol;
  const isOwn = symbol?.declarations?.every((each) => !isOutside(each) && !ts.isMappedTypeNode(each)) ?? false;
  return symbol !== undefined && isOwn && (type.flags & ts.TypeFlags.Object) !== 0 ? symbol : type;
}

// Exported under a name of its own, or declared outside the project: beyond the type arguments nothing there changes.
function isOfOthers({ root, named }: Walk, type: ts.Type): boolean {
  const symbols = [type.aliasSymbol, type.symbol].filter((symbol) => symbol !== undefined);
  if (symbols.some((symbol) => symbol !== root && named.has(symbol))) return true;
  return symbols.some(({ declarations = [] }) => declarations.length > 0 && declarations.every(isOutside));
}

function isOutside(declaration: ts.Declaration): boolean {
  const { fileName } = declaration.getSourceFile();
  return isLibraryFile(fileName) || fileName.includes("/node_modules/");
}

function turned(change: Change): Change {
  if (change === "both") return change;
  return change === "produced" ? "consumed" : "produced";
}

function modifiersOf(property: ts.Symbol): ts.ModifierFlags {
  const { valueDeclaration } = property;
  return valueDeclaration === undefined ? ts.ModifierFlags.None : ts.getCombinedModifierFlags(valueDeclaration);
}

function isPrivate(property: ts.Symbol): boolean {
  const declaration = property.valueDeclaration;
  const isHash =
    declaration !== undefined && "name" in declaration && ts.isPrivateIdentifier(declaration.name as ts.Node);
  return isHash || (modifiersOf(property) & ts.ModifierFlags.Private) !== 0;
}

function isWritable(property: ts.Symbol): boolean {
  const { GetAccessor, SetAccessor, Method } = ts.SymbolFlags;
  if (property.flags & Method || (property.flags & GetAccessor && !(property.flags & SetAccessor))) return false;
  return (modifiersOf(property) & ts.ModifierFlags.Readonly) === 0;
}

import { ts } from "ts-morph";
import { alternatives, typeArguments } from "../tagging/leaves.ts";
import { tagsOf } from "../tagging/tag.ts";
import { declares } from "./view.ts";

/** How a type is written where it is needed. */
type Print = (type: ts.Type) => string;

/**
 * A printed type, in which what its module does not export stands as what it is made of: no other file can say its name.
 *
 * Shortcomings: what can be called or has members that are not public keeps its name, and so does what is made of itself.
 */
export function withoutHidden(
  printed: string,
  type: ts.Type,
  at: ts.Node,
  checker: ts.TypeChecker,
  print: Print,
  around: readonly ts.Type[] = [],
): string {
  let text = printed;
  for (const hidden of hiddenIn(type, at, checker)) {
    const made = around.includes(hidden) ? undefined : madeOf(hidden, at, checker, print, [...around, hidden]);
    if (made !== undefined) text = text.replaceAll(alone(print(hidden)), () => made);
  }
  return text;
}

const mostSteps = 4;

function hiddenIn(type: ts.Type, at: ts.Node, checker: ts.TypeChecker): ReadonlySet<ts.Type> {
  const found = new Set<ts.Type>();
  const visit = (each: ts.Type, steps: number): void => {
    if (tagsOf(each).length > 0) return;
    if (isHidden(each, at, checker)) found.add(each);
    else if (steps > 0) for (const part of partsOf(each, at, checker)) visit(part, steps - 1);
  };
  visit(type, mostSteps);
  return found;
}

// The checker names a member of a module as one, and by a bare name only what the file has, or can have from nowhere.
function isHidden(type: ts.Type, at: ts.Node, checker: ts.TypeChecker): boolean {
  const symbol: ts.Symbol | undefined = type.aliasSymbol ?? type.symbol;
  const declaration = symbol?.declarations?.[0];
  // What a module declares for all files, or in a namespace, goes by another rule.
  if (symbol === undefined || declaration === undefined || !isInModule(declaration)) return false;
  const file = at.getSourceFile();
  if (declaration.getSourceFile() === file || declares(file, symbol.name)) return false;
  const printed = checker.typeToString(type, at, ts.TypeFormatFlags.NoTruncation);
  return printed === symbol.name || printed.startsWith(`${symbol.name}<`);
}

function isInModule(declaration: ts.Node): boolean {
  return (
    ts.findAncestor(declaration, ts.isModuleDeclaration) === undefined &&
    ts.isExternalModule(declaration.getSourceFile())
  );
}

function partsOf(type: ts.Type, at: ts.Node, checker: ts.TypeChecker): readonly ts.Type[] {
  if (type.aliasTypeArguments !== undefined) return type.aliasTypeArguments;
  if (type.isUnion()) return alternatives(type);
  if (type.isIntersection()) return type.types;
  const inner = typeArguments(type, checker).map(([, argument]) => argument);
  return inner.length > 0 || !isUnnamed(type) ? inner : partsOfUnnamed(type, at, checker);
}

const unnamed =
  ts.SymbolFlags.TypeLiteral | ts.SymbolFlags.ObjectLiteral | ts.SymbolFlags.Function | ts.SymbolFlags.Method;

function isUnnamed({ symbol }: { readonly symbol?: ts.Symbol }): boolean {
  return symbol !== undefined && (symbol.flags & unnamed) !== 0;
}

function partsOfUnnamed(type: ts.Type, at: ts.Node, checker: ts.TypeChecker): readonly ts.Type[] {
  const signatures = type.getCallSignatures();
  const symbols = [...checker.getPropertiesOfType(type), ...signatures.flatMap(({ parameters }) => parameters)];
  return [
    ...symbols.map((symbol) => checker.getTypeOfSymbolAtLocation(symbol, at)),
    ...signatures.map((signature) => signature.getReturnType()),
  ];
}

function madeOf(
  type: ts.Type,
  at: ts.Node,
  checker: ts.TypeChecker,
  print: Print,
  around: readonly ts.Type[],
): string | undefined {
  const members = checker.getPropertiesOfType(type);
  const signatures = [...type.getCallSignatures(), ...type.getConstructSignatures()];
  const isObject = (type.flags & ts.TypeFlags.Object) !== 0;
  if (!isObject || signatures.length > 0 || !members.every(isSayable)) return undefined;
  const inside = (each: ts.Type) => withoutHidden(print(each), each, at, checker, print, around);
  const indexes = checker.getIndexInfosOfType(type);
  const texts = [
    ...indexes.map(({ keyType, type: held }) => `[key: ${print(keyType)}]: ${inside(held)}`),
    ...members.map((member) => memberText(member, inside(checker.getTypeOfSymbolAtLocation(member, at)))),
  ];
  const made = `{ ${texts.join("; ")} }`;
  return alone(print(type)).test(made) ? undefined : made;
}

function memberText({ name, flags }: ts.Symbol, type: string): string {
  const isOptional = (flags & ts.SymbolFlags.Optional) !== 0;
  return isOptional ? `${name}?: ${type.replace(/ \| undefined$/, "")}` : `${name}: ${type}`;
}

function isSayable({ name, valueDeclaration }: ts.Symbol): boolean {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) || name.startsWith("__@")) return false;
  const flags = valueDeclaration === undefined ? 0 : ts.getCombinedModifierFlags(valueDeclaration);
  return (flags & ts.ModifierFlags.NonPublicAccessibilityModifier) === 0;
}

function alone(name: string): RegExp {
  return new RegExp(`(?<![.\\w$])${name.replaceAll(/[^\w\s]/g, "\\$&")}(?![\\w$<])`, "g");
}

import { ts } from "ts-morph";
import type { TextChange } from "../../../edit.ts";
import { ambient, asDeepAs, below, type Coined, insertion, phantomClass } from "./coined.ts";

/**
 * What base and brand have in common goes under a name of its own, and each of them adds what the other must not have:
 * `type Shape = ShapeView & { readonly __brandedShape?: never }`, `type BrandedShape = ShapeView & BrandedShapeBrand`.
 * What stood behind the base's name becomes the view, so that nothing of it is copied.
 */
export function viewEncoding(
  coined: Coined,
  home: ts.InterfaceDeclaration | ts.TypeAliasDeclaration,
): readonly TextChange[] {
  return ts.isTypeAliasDeclaration(home) ? aliasView(coined, home) : interfaceView(coined, home);
}

function aliasView(coined: Coined, home: ts.TypeAliasDeclaration): readonly TextChange[] {
  const { name, key, end, exported, parameters } = coined;
  const view = `${home.name.text}View`;
  const { declared, named } = parameters;
  const equals = equalsOf(home);
  const mark = ` ${view}${named} & { readonly ${key}?: never }${end}\n\n${declareWord(home)}type ${view}${declared} =`;
  const type = `${exported}type ${name}${declared} = ${view}${named} & ${name}Brand${end}`;
  return [insertion(equals, asDeepAs(home, mark)), below(home, `${phantomClass(coined, home)}\n\n${type}`)];
}

function equalsOf(home: ts.TypeAliasDeclaration): number {
  const sign = home.getChildren().find(({ kind }) => kind === ts.SyntaxKind.EqualsToken);
  return sign?.end ?? home.type.pos;
}

function interfaceView(coined: Coined, home: ts.InterfaceDeclaration): readonly TextChange[] {
  const { name, key, indent, exported, parameters } = coined;
  const view = `${home.name.text}View`;
  const { declared, named } = parameters;
  const [symbol, written] = markKey(coined, home);
  const head = ` extends ${view}${named} {\n${indent}readonly ${written}?: never;\n}\n\n${declareWord(home)}interface ${view}${declared}`;
  const phantom = phantomClass(coined, home).replace(key, written);
  const type = `${exported}interface ${name}${declared} extends ${view}${named}, ${name}Brand {}`;
  return [insertion(headEnd(home), asDeepAs(home, head)), below(home, `${symbol}${phantom}\n\n${type}`)];
}

// Beside an index signature a member's name has to be a symbol, which the signature says nothing about.
function markKey({ key, end }: Coined, home: ts.InterfaceDeclaration): readonly [string, string] {
  if (!home.members.some(ts.isIndexSignatureDeclaration)) return ["", key];
  return [`${ambient(home)}const ${key}: unique symbol${end}\n\n`, `[${key}]`];
}

function headEnd(home: ts.InterfaceDeclaration): number {
  if (home.typeParameters === undefined) return home.name.end;
  const close = home
    .getChildren()
    .find(({ kind, pos }) => kind === ts.SyntaxKind.GreaterThanToken && pos >= home.name.end);
  return close?.end ?? home.typeParameters.end;
}

function declareWord(home: ts.Node): string {
  const isDeclared =
    ts.canHaveModifiers(home) && home.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
  return isDeclared ? "declare " : "";
}

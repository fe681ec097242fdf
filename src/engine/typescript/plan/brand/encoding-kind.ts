import { ts } from "ts-morph";
import type { TextChange } from "../../../edit.ts";
import { mentionsName } from "../../syntax/names.ts";
import { baseName, below, type Coined, insertion, phantomClass, withMember } from "./coined.ts";

/**
 * Does the project do something with instances of the class that its public members alone do not allow? A class whose
 * methods hand out `this` cannot have a kind, since no method knows its own.
 */
export function isKindWanted(home: ts.ClassDeclaration, files: readonly ts.SourceFile[]): boolean {
  if (handsOutThis(home)) return false;
  const name = baseName(home);
  return readsPeers(home) || files.some((file) => mentionsName(file, name) && testsInstances(file, name));
}

/**
 * The class gets one more type parameter, which says of an instance what kind it is: `class Page<Kind = "plain">`. The
 * brand is the class with another kind, so that its instances keep their private members and pass `instanceof`.
 */
export function kindEncoding(coined: Coined, home: ts.ClassDeclaration): readonly TextChange[] {
  const name = baseName(home);
  const { end, exported, parameters } = coined;
  const declared = home.typeParameters;
  const last = declared?.at(-1);
  const parameter =
    last === undefined
      ? insertion(home.name?.end ?? home.members.pos, '<Kind = "plain">')
      : insertion(last.end, ', Kind = "plain"');
  const named = parameters.named === "" ? `<"${coined.name}">` : parameters.named.replace(/>$/, `, "${coined.name}">`);
  const type = `${exported}type ${coined.name}${parameters.declared} = ${name}${named} & ${coined.name}Brand${end}`;
  return [
    parameter,
    withMember(home, `readonly ${coined.key}Kind?: Kind;`, coined),
    below(home, `${phantomClass(coined, home)}\n\n${type}`),
  ];
}

function testsInstances(node: ts.Node, name: string): boolean {
  const isTest =
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword &&
    node.right.getText().split(".").at(-1) === name;
  return isTest || ts.forEachChild(node, (child) => testsInstances(child, name) || undefined) === true;
}

function readsPeers(home: ts.ClassDeclaration): boolean {
  const secrets = new Set(home.members.filter(isSecret).map((member) => member.name?.getText()));
  const visit = (node: ts.Node): boolean =>
    (ts.isPropertyAccessExpression(node) &&
      node.expression.kind !== ts.SyntaxKind.ThisKeyword &&
      secrets.has(node.name.text)) ||
    ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  return secrets.size > 0 && visit(home);
}

function isSecret(member: ts.ClassElement): boolean {
  if (member.name !== undefined && ts.isPrivateIdentifier(member.name)) return true;
  return (ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0;
}

function handsOutThis(node: ts.Node): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword) return !isMemberAccess(node.parent, node);
  return ts.forEachChild(node, (child) => handsOutThis(child) || undefined) === true;
}

function isMemberAccess(parent: ts.Node, node: ts.Node): boolean {
  return (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === node;
}

import { ts } from "ts-morph";
import { InputError } from "../../input-error.ts";
import { returnedValues } from "../syntax/origins.ts";
import { declarationsNamed } from "./declarations.ts";
import { calledFunction } from "./made-by.ts";

/**
 * What stands at the end of a way through owners: members of classes, types and objects, what a namespace declares, and
 * what a function declares inside or else gives back: `makeApi.load` for `function makeApi() { return { load() {} }; }`.
 * @throws InputError when a member of that name is static and another one is not
 */
export function membersAt(selector: string, owner: ts.Node, path: readonly string[]): readonly ts.Node[] {
  const [name, next, ...rest] = path;
  if (name === undefined) return [owner];
  const isSide = (name === "static" || name === "prototype") && next !== undefined && ts.isClassLike(bodyOf(owner));
  if (isSide) {
    const sided = membersNamed(owner, next).filter((member) => isStatic(member) === (name === "static"));
    return sided.flatMap((member) => membersAt(selector, member, rest));
  }
  const members = membersNamed(owner, name);
  refuseBothSides(selector, members, name);
  return members.flatMap((member) => membersAt(selector, member, path.slice(1)));
}

function refuseBothSides(selector: string, members: readonly ts.Node[], name: string): void {
  const isMixed = members.some(isStatic) && !members.every(isStatic);
  if (!isMixed) return;
  const owner = selector.slice(0, selector.lastIndexOf(`.${name}`));
  const rest = selector.slice(owner.length + 1);
  throw new InputError(
    `${selector}: one member of that name is static and one is not; write ${owner}.static.${rest} or ${owner}.prototype.${rest}`,
  );
}

function isStatic(member: ts.Node): boolean {
  const modifiers = ts.canHaveModifiers(member) ? member.modifiers : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) === true;
}

function membersNamed(owner: ts.Node, name: string): readonly ts.Node[] {
  const body = bodyOf(owner);
  if (ts.isIntersectionTypeNode(body) || ts.isUnionTypeNode(body)) {
    return body.types.flatMap((part) => membersNamed(part, name));
  }
  // Readonly<{ … }>: the members are written in what the reference is applied to.
  if (ts.isTypeReferenceNode(body)) return body.typeArguments?.flatMap((part) => membersNamed(part, name)) ?? [];
  if (ts.isModuleDeclaration(body) || ts.isFunctionLike(body)) {
    const inside = declarationsNamed(body, name);
    if (inside.length > 0 || ts.isModuleDeclaration(body)) return inside;
  }
  return ownMembers(body).filter((member) => memberName(member) === name.replace(/^(["'])(.*)\1$/, "$2"));
}

// `const pool = { … } as const`: what stands behind a name decides what its members are.
function bodyOf(owner: ts.Node): ts.Node {
  if (ts.isTypeAliasDeclaration(owner) || ts.isParenthesizedTypeNode(owner)) return bodyOf(owner.type);
  if (ts.isVariableDeclaration(owner) || ts.isPropertyAssignment(owner) || ts.isPropertyDeclaration(owner)) {
    if (owner.initializer !== undefined) return bodyOf(owner.initializer);
  }
  const type = "type" in owner && !ts.isFunctionLike(owner) ? (owner.type as ts.Node | undefined) : undefined;
  if (type !== undefined && (ts.isPropertySignature(owner) || ts.isVariableDeclaration(owner))) return bodyOf(type);
  if (ts.isAsExpression(owner) || ts.isSatisfiesExpression(owner) || ts.isParenthesizedExpression(owner)) {
    return bodyOf(owner.expression);
  }
  if (isFreeze(owner) && owner.arguments[0] !== undefined) return bodyOf(owner.arguments[0]);
  return (ts.isCallExpression(owner) ? calledFunction(owner) : undefined) ?? owner;
}

function isFreeze(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && /^Object\.(freeze|seal)$/.test(node.expression.getText());
}

function ownMembers(body: ts.Node): readonly ts.NamedDeclaration[] {
  if (ts.isFunctionLike(body)) return returnedBodies(body).flatMap(ownMembers);
  if (ts.isObjectLiteralExpression(body)) return body.properties;
  if (ts.isClassLike(body)) return [...body.members, ...body.members.flatMap(parameterProperties)];
  return ts.isInterfaceDeclaration(body) || ts.isTypeLiteralNode(body) ? body.members : [];
}

// What a function gives back, itself or by the name of what it has inside; no function is looked into again.
function returnedBodies(declaration: ts.SignatureDeclaration): readonly ts.Node[] {
  const values = returnedValues(declaration).map(bodyOf);
  const named = values.flatMap((value) =>
    ts.isIdentifier(value) ? declarationsNamed(declaration, value.text).map(bodyOf) : [value],
  );
  return named.filter((value) => !ts.isFunctionLike(value));
}

function parameterProperties(member: ts.ClassElement): readonly ts.NamedDeclaration[] {
  if (!ts.isConstructorDeclaration(member)) return [];
  return member.parameters.filter((parameter) => ts.isParameterPropertyDeclaration(parameter, member));
}

/** The name of a member as a selector writes it: without quotes. */
export function memberName(member: ts.Node): string | undefined {
  if (ts.isConstructorDeclaration(member)) return "constructor";
  const name = ts.getNameOfDeclaration(member as ts.Declaration);
  if (name === undefined) return undefined;
  return ts.isStringLiteralLike(name) ? name.text : name.getText();
}

/** The members' names, for a hint. */
export function memberNames(owner: ts.Node): readonly string[] {
  return ownMembers(bodyOf(owner)).flatMap((member) => memberName(member) ?? []);
}

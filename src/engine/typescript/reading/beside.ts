import { ts } from "ts-morph";

/**
 * What no name leads to from a member of a class: the other signatures of its constructor, and the members that hand on,
 * copy, iterate or take apart the whole instance, `{ ...this }`.
 */
export function besideMember(node: ts.Node): readonly ts.Node[] {
  const member = ts.findAncestor(node, (each) => ts.isClassElement(each) && ts.isClassLike(each.parent));
  if (member === undefined || !ts.isClassLike(member.parent)) return [];
  const { members } = member.parent;
  const constructors = ts.isConstructorDeclaration(member) ? members.filter(ts.isConstructorDeclaration) : [];
  return [...constructors, ...handingOnIn(member.parent)];
}

const known = new WeakMap<ts.ClassLikeDeclaration, readonly ts.ClassElement[]>();

/** The members of a class that hand on, copy, iterate or take apart the whole instance. */
export function handingOnIn(owner: ts.ClassLikeDeclaration): readonly ts.ClassElement[] {
  const members = known.get(owner) ?? owner.members.filter(handsOnThis);
  known.set(owner, members);
  return members;
}

function handsOnThis(node: ts.Node): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword) return !isReceiver(node);
  if (ts.isClassLike(node) || ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node)) return false;
  return ts.forEachChild(node, (child) => handsOnThis(child) || undefined) === true;
}

function isReceiver({ parent }: ts.Node): boolean {
  if (ts.isAsExpression(parent) || ts.isParenthesizedExpression(parent)) return isReceiver(parent);
  return ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent);
}

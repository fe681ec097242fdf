import { ts } from "ts-morph";

/**
 * What no name leads to from a member of a class: the other signatures of its constructor, and the members that copy or
 * take apart the whole instance, `{ ...this }`.
 */
export function besideMember(node: ts.Node): readonly ts.Node[] {
  const member = ts.findAncestor(node, (each) => ts.isClassElement(each) && ts.isClassLike(each.parent));
  if (member === undefined || !ts.isClassLike(member.parent)) return [];
  const { members } = member.parent;
  const constructors = ts.isConstructorDeclaration(member) ? members.filter(ts.isConstructorDeclaration) : [];
  return [...constructors, ...copyingIn(member.parent)];
}

const known = new WeakMap<ts.ClassLikeDeclaration, readonly ts.ClassElement[]>();

function copyingIn(owner: ts.ClassLikeDeclaration): readonly ts.ClassElement[] {
  const members = known.get(owner) ?? owner.members.filter(copiesThis);
  known.set(owner, members);
  return members;
}

function copiesThis(node: ts.Node): boolean {
  if (node.kind === ts.SyntaxKind.ThisKeyword) return isCopied(node);
  if (ts.isClassLike(node) || ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node)) return false;
  return ts.forEachChild(node, (child) => copiesThis(child) || undefined) === true;
}

function isCopied({ parent }: ts.Node): boolean {
  if (ts.isAsExpression(parent) || ts.isParenthesizedExpression(parent)) return isCopied(parent);
  if (ts.isVariableDeclaration(parent)) return ts.isObjectBindingPattern(parent.name);
  return ts.isSpreadAssignment(parent) || ts.isJsxSpreadAttribute(parent);
}

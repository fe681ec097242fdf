import { ts } from "ts-morph";
import { isJavaScript } from "../syntax/annotation.ts";

/** A function that can be given type parameters. */
export type GenericFunction = ts.FunctionDeclaration | ts.MethodDeclaration;

/** The function that a node stands in or is, if type parameters can be given to it: the outermost one. */
export function functionAround(node: ts.Node): GenericFunction | undefined {
  let outermost: ts.SignatureDeclaration | undefined;
  for (let current: ts.Node = node; !ts.isSourceFile(current); current = current.parent) {
    if (ts.isFunctionLike(current)) outermost = current;
  }
  if (
    outermost === undefined ||
    isJavaScript(outermost) ||
    !(ts.isFunctionDeclaration(outermost) || ts.isMethodDeclaration(outermost))
  )
    return undefined;
  return outermost.body === undefined || isOverloaded(outermost) || isInherited(outermost) ? undefined : outermost;
}

/** Where in its function a node stands. */
export function roleIn(node: ts.Node, owner: GenericFunction): "parameter" | "return" | "inner" {
  if (owner.parameters.some((each) => isWithin(node, each))) return "parameter";
  return node === owner || (owner.type !== undefined && isWithin(node, owner.type)) ? "return" : "inner";
}

/** The key of a function, the same in every reading of the project. */
export function keyOf(owner: GenericFunction): string {
  return `${owner.getSourceFile().fileName} ${owner.getStart()}`;
}

/** The top-level type declaration that a node stands in. */
export function typeAround(
  node: ts.Node,
): ts.InterfaceDeclaration | ts.ClassDeclaration | ts.TypeAliasDeclaration | undefined {
  const top = ts.findAncestor(node, (each) => each.parent !== undefined && ts.isSourceFile(each.parent));
  return top !== undefined &&
    (ts.isInterfaceDeclaration(top) || ts.isClassDeclaration(top) || ts.isTypeAliasDeclaration(top))
    ? top
    : undefined;
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node.pos >= outer.pos && node.end <= outer.end;
}

function isOverloaded(owner: GenericFunction): boolean {
  const siblings: readonly ts.Node[] = ts.isSourceFile(owner.parent)
    ? owner.parent.statements
    : ts.isClassLike(owner.parent)
      ? owner.parent.members
      : [];
  const isSame = (each: ts.Node) =>
    each.kind === owner.kind && (each as GenericFunction).name?.getText() === owner.name?.getText();
  return siblings.filter(isSame).length > 1;
}

function isInherited({ parent }: GenericFunction): boolean {
  return ts.isClassLike(parent) && parent.heritageClauses !== undefined;
}

import { ts } from "ts-morph";
import { resolveAlias } from "./resolve-alias.ts";

/**
 * Is this a type parameter that texts or keys are made of, as of `done.${Id}` and `[K in Id]`, here or in what it is a type
 * argument of, as in `Record<Id, Node>`?
 *
 * Shortcomings: what a library's classes and interfaces make of theirs is not looked at.
 */
export function isTextOrKey(declaration: ts.Node, checker: ts.TypeChecker, seen = new Set<ts.Node>()): boolean {
  if (!ts.isTypeParameterDeclaration(declaration) || seen.has(declaration)) return false;
  seen.add(declaration);
  const names = (type: ts.TypeNode | undefined) =>
    type !== undefined && ts.isTypeReferenceNode(type) && type.typeName.getText() === declaration.name.text;
  const isMade = (node: ts.Node): boolean => {
    if (ts.isTemplateLiteralTypeSpan(node) && names(node.type)) return true;
    if (ts.isMappedTypeNode(node) && names(node.typeParameter.constraint)) return true;
    const places = argumentsOf(node).flatMap((each, i) => (names(each) ? parametersAt(node, i, checker) : []));
    return places.some((each) => isTextOrKey(each, checker, seen)) || (ts.forEachChild(node, isMade) ?? false);
  };
  return isMade(declaration.parent);
}

type Instantiation = ts.TypeReferenceNode | ts.ExpressionWithTypeArguments | ts.CallExpression | ts.NewExpression;

function isInstantiation(node: ts.Node): node is Instantiation {
  return (
    ts.isTypeReferenceNode(node) ||
    ts.isExpressionWithTypeArguments(node) ||
    ts.isCallExpression(node) ||
    ts.isNewExpression(node)
  );
}

function argumentsOf(node: ts.Node): readonly ts.TypeNode[] {
  return isInstantiation(node) ? (node.typeArguments ?? []) : [];
}

function parametersAt(node: ts.Node, i: number, checker: ts.TypeChecker): readonly ts.Node[] {
  if (!isInstantiation(node)) return [];
  const symbol = checker.getSymbolAtLocation(ts.isTypeReferenceNode(node) ? node.typeName : node.expression);
  const declarations = symbol === undefined ? [] : (resolveAlias(symbol, checker).declarations ?? []);
  return declarations.filter(isFollowed).flatMap((each) => each.typeParameters?.[i] ?? []);
}

type Generic = ts.TypeAliasDeclaration | ts.ClassLikeDeclaration | ts.InterfaceDeclaration | ts.SignatureDeclaration;

function isFollowed(declaration: ts.Declaration): declaration is Generic {
  if (ts.isTypeAliasDeclaration(declaration)) return true;
  if (declaration.getSourceFile().isDeclarationFile) return false;
  return ts.isClassLike(declaration) || ts.isInterfaceDeclaration(declaration) || ts.isFunctionLike(declaration);
}

import { ts } from "ts-morph";
import { annotationOf } from "../syntax/annotation.ts";
import { namesIn } from "../syntax/names.ts";
import { type BaseTest, type Leaf, type Mention, mentions } from "../tagging/leaves.ts";
import { resolveAlias } from "../types/resolve-alias.ts";
import { inward, type Way, wayInto } from "./inward.ts";

/** A declaration without annotation whose inferred type mentions the base. */
export interface Carrier {
  readonly declaration: ts.Node;
  readonly mention: Mention;
}

/**
 * The declaration whose inferred type a value's base comes through: `page` in `f(page)`, `pages` in `f(pages[0])`.
 * Undefined when the value's type stands in an annotation. `inside` leads from the value to its base, as far as it is
 * known: without a tag nothing else says which part of the inferred type is meant.
 */
export function carrierOf(value: ts.Expression, leaf: Leaf, test: BaseTest, inside?: string): Carrier | undefined {
  let way: Way | undefined = { path: inside };
  const seen = new Set<ts.Expression>();
  for (let current: ts.Expression | undefined = value; current !== undefined; current = further(current)) {
    if (seen.has(current)) return undefined;
    seen.add(current);
    const declaration = inferredDeclarationOf(current, test.checker);
    const mention = declaration === undefined ? undefined : mentionOf(declaration, leaf, test, way.path);
    if (declaration !== undefined && mention !== undefined) {
      return isToldApart(current, declaration, mention, test) ? undefined : { declaration, mention };
    }
    if (leaf.tags.length > 0) continue;
    way = wayInto(current, way, test.checker);
    if (way === undefined) return undefined;
  }
  return undefined;

  function further(current: ts.Expression): ts.Expression | undefined {
    return inward(current) ?? storedInto(current, leaf, test);
  }
}

// `let page;` says nothing and starts with nothing: what it holds is what is stored into it, where one value brings that.
function storedInto(value: ts.Expression, { tags }: Leaf, test: BaseTest): ts.Expression | undefined {
  const declaration = ts.isIdentifier(value) ? symbolOf(value, test.checker)?.valueDeclaration : undefined;
  if (declaration === undefined || !ts.isIdentifier(value) || !ts.isVariableDeclaration(declaration)) return undefined;
  if (annotationOf(declaration) !== undefined || declaration.initializer !== undefined) return undefined;
  if (ts.isForOfStatement(declaration.parent.parent)) return undefined;
  const stored = namesIn(value.getSourceFile(), value.text).flatMap(({ parent: store }) => {
    if (!ts.isBinaryExpression(store) || store.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
    const isOwn = ts.isIdentifier(store.left) && symbolOf(store.left, test.checker)?.valueDeclaration === declaration;
    return isOwn ? [store.right] : [];
  });
  const [only, ...more] = [...new Set(stored)].filter((each) =>
    mentions(test.checker.getTypeAtLocation(each), test).some(({ leaf }) =>
      leaf.tags.some((tag) => tags.includes(tag)),
    ),
  );
  return more.length === 0 ? only : undefined;
}

// A discriminant beside it tells which of several origins a destructured name comes from: the annotation is nearer then.
function isToldApart(value: ts.Expression, declaration: ts.Node, { path }: Mention, test: BaseTest): boolean {
  if (!ts.isBindingElement(declaration)) return false;
  const all = mentionsIn(declaration, test).filter((other) => other.path === path);
  const left = mentions(test.checker.getTypeAtLocation(value), test).filter((other) => other.path === path);
  return left.length > 0 && left.length < all.length;
}

/** Where the inferred type of a declaration mentions the base. */
export function mentionsIn(declaration: ts.Node, test: BaseTest): readonly Mention[] {
  const type = inferredType(declaration, test.checker);
  return type === undefined ? [] : mentions(type, test);
}

/** Where in the inferred type of a declaration a leaf is; `path` as far as it is known. */
export function mentionOf(
  declaration: ts.Node,
  leaf: Leaf,
  test: BaseTest,
  path: string | undefined,
): Mention | undefined {
  return mentionsIn(declaration, test).find((mention) => {
    if (leaf.tags.length > 0) return mention.leaf.tags.some((tag) => leaf.tags.includes(tag));
    return mention.leaf.tags.length === 0 && (path === undefined || mention.path === path);
  });
}

/** What a declaration holds; of a function, what it gives back. */
export function inferredType(declaration: ts.Node, checker: ts.TypeChecker): ts.Type | undefined {
  if (!ts.isFunctionLike(declaration)) return checker.getTypeAtLocation(declaration);
  const signature = checker.getSignatureFromDeclaration(declaration);
  return signature === undefined ? undefined : checker.getReturnTypeOfSignature(signature);
}

/** Is this a declaration whose type the compiler infers? */
export function isInferred(node: ts.Node): boolean {
  if (ts.isVariableDeclaration(node)) return annotationOf(node) === undefined && ts.isIdentifier(node.name);
  if (ts.isParameter(node)) return annotationOf(node) === undefined && ts.isIdentifier(node.name);
  if (ts.isBindingElement(node)) return ts.isIdentifier(node.name);
  if (ts.isPropertyDeclaration(node)) return annotationOf(node) === undefined;
  if (ts.isPropertyAssignment(node)) return !ts.isFunctionLike(node.initializer) && annotationOf(node) === undefined;
  if (ts.isShorthandPropertyAssignment(node)) return true;
  return isFunctionWithBody(node) && annotationOf(node) === undefined;
}

function isFunctionWithBody(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && "body" in node && !ts.isConstructorDeclaration(node);
}

function inferredDeclarationOf(value: ts.Expression, checker: ts.TypeChecker): ts.Node | undefined {
  const declaration = declarationOf(value, checker);
  if (declaration === undefined || !isInferred(declaration)) return undefined;
  const isTaken = ts.isCallExpression(value) || ts.isGetAccessor(declaration);
  return ts.isFunctionLike(declaration) && !isTaken ? undefined : declaration;
}

function declarationOf(value: ts.Expression, checker: ts.TypeChecker): ts.Node | undefined {
  if (ts.isCallExpression(value)) return checker.getResolvedSignature(value)?.getDeclaration();
  if (ts.isIdentifier(value)) return symbolOf(value, checker)?.valueDeclaration;
  const member = ts.isPropertyAccessExpression(value) ? checker.getSymbolAtLocation(value.name) : undefined;
  return member?.declarations?.find(ts.isGetAccessor) ?? member?.valueDeclaration;
}

/** What a name stands for: of a shorthand the variable and not the member, of an import what is imported. */
export function symbolOf(name: ts.Identifier | ts.PrivateIdentifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  const isShorthand = ts.isShorthandPropertyAssignment(name.parent) && name.parent.name === name;
  const symbol = isShorthand
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);
  return symbol === undefined ? undefined : resolveAlias(symbol, checker);
}

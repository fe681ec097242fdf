import { ts } from "ts-morph";
import { type Alias, lastName, nameBehind } from "./renames.ts";

/**
 * The names that a file's declarations give to what is met under another: `const acquire = get`, `{ acquire: get }`,
 * `type Vec = Bio["vec"]`, `class PageQueue extends Queue`, and at the top of the file what is made of it.
 */
export function* derivedNamesIn(file: ts.SourceFile): Iterable<Alias> {
  const found: Alias[] = [];
  const add = (to: ts.Node | undefined, from: readonly (string | undefined)[]): void => {
    if (to === undefined || !(ts.isIdentifier(to) || ts.isPrivateIdentifier(to))) return;
    for (const name of from) if (name !== undefined && name !== to.text) found.push({ from: name, to: to.text });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeAliasDeclaration(node)) add(node.name, typeNamesIn(node.type));
    else if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node))
      for (const clause of node.heritageClauses ?? []) add(node.name, clause.types.flatMap(heritageNames));
    else if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isPropertyAssignment(node)) {
      const { initializer } = node;
      if (initializer !== undefined) add(node.name, [nameBehind(initializer)]);
      if (initializer !== undefined && isTop(node)) add(node.name, ingredients(initializer));
    }
    if (isAnnotated(node)) add(node.name, node.type === undefined ? [] : typeNamesIn(node.type));
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  yield* found;
}

function isTop(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node) && ts.isSourceFile(node.parent.parent.parent);
}

// What is declared to be of a named type can be met instead of that name.
function isAnnotated(node: ts.Node): node is ts.FunctionDeclaration | ts.PropertySignature {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    (ts.isVariableDeclaration(node) && isTop(node))
  );
}

// `new PageQueue()`, `makeQueue()`, `get.bind(null)`, `memoize(get)`.
function ingredients(value: ts.Expression): readonly (string | undefined)[] {
  if (ts.isAwaitExpression(value) || ts.isParenthesizedExpression(value)) return ingredients(value.expression);
  if (!ts.isCallExpression(value) && !ts.isNewExpression(value)) return [];
  const { expression } = value;
  const receiver = ts.isPropertyAccessExpression(expression) ? [nameBehind(expression.expression)] : [];
  return [nameBehind(expression), ...receiver, ...(value.arguments ?? []).map(nameBehind)];
}

function heritageNames(type: ts.ExpressionWithTypeArguments): readonly (string | undefined)[] {
  return [nameBehind(type.expression), ...(type.typeArguments ?? []).flatMap(typeNamesIn)];
}

function typeNamesIn(type: ts.TypeNode): readonly string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node)) names.push(lastName(node.typeName));
    if (ts.isTypeQueryNode(node)) names.push(lastName(node.exprName));
    if (ts.isImportTypeNode(node) && node.qualifier !== undefined) names.push(lastName(node.qualifier));
    if (ts.isIndexedAccessTypeNode(node) && ts.isLiteralTypeNode(node.indexType)) {
      if (ts.isStringLiteral(node.indexType.literal)) names.push(node.indexType.literal.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(type);
  return names;
}

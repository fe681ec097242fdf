import { ts } from "ts-morph";

/**
 * The way from a container to what is taken out of it: `.[]` for `pages[0]` and `pages.pop()`, `.<1>` for `byName.get(name)`,
 * nothing for `pages.slice(1)`, which is a list like it. Undefined where something else is given.
 */
export function takenOut(value: ts.Expression, checker: ts.TypeChecker): string | undefined {
  if (ts.isElementAccessExpression(value)) return ".[]";
  if (!ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression)) return undefined;
  const method: ts.Node | undefined = checker.getResolvedSignature(value)?.getDeclaration();
  if (method === undefined || !ts.isMethodSignature(method) || !ts.isInterfaceDeclaration(method.parent))
    return undefined;
  const held = method.parent.typeParameters?.map(({ name }) => name.text) ?? [];
  const isList = checker.isArrayLikeType(checker.getTypeAtLocation(value.expression.expression));
  const steps = givenTypes(method).map((type) => stepTo(type, held, isList));
  return steps.find((step) => step !== undefined);
}

function givenTypes({ type }: ts.MethodSignature): readonly ts.TypeNode[] {
  if (type === undefined) return [];
  return ts.isUnionTypeNode(type) ? type.types : [type];
}

function stepTo(type: ts.TypeNode, held: readonly string[], isList: boolean): string | undefined {
  if (isList && ts.isArrayTypeNode(type)) return indexIn(held, type.elementType) === -1 ? undefined : "";
  const index = indexIn(held, type);
  if (index === -1) return undefined;
  return isList ? ".[]" : `.<${index}>`;
}

function indexIn(held: readonly string[], type: ts.TypeNode): number {
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? held.indexOf(type.typeName.text) : -1;
}

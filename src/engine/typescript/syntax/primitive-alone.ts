import { ts } from "ts-morph";

/**
 * Is what a variable or parameter holds told from others by `typeof where === "string"`? To the compiler a brand that is no
 * string fails this test, and at run time it passes.
 */
export function isToldByTypeof(declaration: ts.Node, primitive: string): boolean {
  if (!ts.isParameter(declaration) && !ts.isVariableDeclaration(declaration)) return false;
  const { name, type } = declaration;
  const isOptional = "questionToken" in declaration && declaration.questionToken !== undefined;
  if (type !== undefined && !ts.isUnionTypeNode(type) && !isOptional) return false;
  const scope = ts.findAncestor(declaration, (node) => ts.isFunctionLike(node) || ts.isSourceFile(node));
  if (scope === undefined || !ts.isIdentifier(name)) return false;
  const isTest = (node: ts.Node): boolean => {
    if (isTestOf(node, name.text, primitive)) return true;
    return ts.forEachChild(node, isTest) ?? false;
  };
  return isTest(scope);
}

function isTestOf(node: ts.Node, name: string, primitive: string): boolean {
  if (!ts.isTypeOfExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== name) return false;
  const { parent } = node;
  if (ts.isSwitchStatement(parent)) {
    return parent.caseBlock.clauses.some((each) => ts.isCaseClause(each) && isText(each.expression, primitive));
  }
  return ts.isBinaryExpression(parent) && (isText(parent.right, primitive) || isText(parent.left, primitive));
}

function isText(node: ts.Node, text: string): boolean {
  return ts.isStringLiteralLike(node) && node.text === text;
}

/** Is this a type parameter that a template type is made of, such as `done.${Id}`? */
export function isInTemplateType(declaration: ts.Node): boolean {
  if (!ts.isTypeParameterDeclaration(declaration)) return false;
  const isMade = (node: ts.Node): boolean => {
    const { type } = ts.isTemplateLiteralTypeSpan(node) ? node : {};
    if (type !== undefined && ts.isTypeReferenceNode(type) && type.typeName.getText() === declaration.name.text)
      return true;
    return ts.forEachChild(node, isMade) ?? false;
  };
  return isMade(declaration.parent);
}

import { ts } from "ts-morph";

/** The expressions that the inferred type of a declaration comes from: its initializer, what it is taken out of, what it returns. */
export function originValues(declaration: ts.Node): readonly ts.Expression[] {
  if (ts.isVariableDeclaration(declaration)) return variableOrigin(declaration);
  if (ts.isPropertyAssignment(declaration)) return [declaration.initializer];
  if (ts.isShorthandPropertyAssignment(declaration)) return [declaration.name];
  if (ts.isPropertyDeclaration(declaration)) return propertyOrigins(declaration);
  if (ts.isBindingElement(declaration)) return originValues(declaration.parent.parent);
  if (ts.isParameter(declaration)) return parameterOrigin(declaration);
  return ts.isFunctionLike(declaration) ? returnedValues(declaration) : [];
}

// A member that says and starts with nothing has its type from what the constructor stores into it.
function propertyOrigins({ initializer, name, parent }: ts.PropertyDeclaration): readonly ts.Expression[] {
  if (initializer !== undefined) return [initializer];
  const stored: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (isStore(node) && isOwnMember(node.left, name)) stored.push(node.right);
    if (!ts.isFunctionLike(node) || ts.isArrowFunction(node)) ts.forEachChild(node, visit);
  };
  for (const { body } of parent.members.filter(ts.isConstructorDeclaration)) if (body !== undefined) visit(body);
  return stored;
}

function isStore(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function isOwnMember(place: ts.Expression, name: ts.PropertyName): boolean {
  if (!ts.isPropertyAccessExpression(place) || place.expression.kind !== ts.SyntaxKind.ThisKeyword) return false;
  return place.name.getText() === name.getText();
}

function variableOrigin(declaration: ts.VariableDeclaration): readonly ts.Expression[] {
  if (declaration.initializer !== undefined) return [declaration.initializer];
  const statement = declaration.parent.parent;
  return ts.isForOfStatement(statement) ? [statement.expression] : [];
}

function parameterOrigin({ initializer, parent }: ts.ParameterDeclaration): readonly ts.Expression[] {
  return initializer === undefined ? receiverOf(parent) : [initializer];
}

// What a callback is handed comes from what the method was called on.
function receiverOf(callback: ts.Node): readonly ts.Expression[] {
  const call = callback.parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return [];
  return [call.expression.expression];
}

/** What the return statements of a function give back, or the expression that an arrow is. */
export function returnedValues(declaration: ts.SignatureDeclaration): readonly ts.Expression[] {
  const body = "body" in declaration ? declaration.body : undefined;
  if (body === undefined) return [];
  if (!ts.isBlock(body)) return [body as ts.Expression];

  const values: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression !== undefined) values.push(node.expression);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  return values;
}

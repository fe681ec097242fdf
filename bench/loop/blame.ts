import ts from "typescript-6";

/**
 * The declarations that a complaint points to, likeliest first: what receives the value, then what the value comes from.
 * This is what a person reads out of the message, and no more: no flow is followed.
 */
export function blamed(node: ts.Node, checker: ts.TypeChecker): readonly ts.Node[] {
  return [...receivers(node, checker), ...givers(node, checker)];
}

function receivers(node: ts.Node, checker: ts.TypeChecker): readonly ts.Node[] {
  const { parent } = node;
  if (ts.isReturnStatement(node)) return enclosingFunction(node);
  if (ts.isReturnStatement(parent)) return enclosingFunction(parent);
  if (ts.isArrowFunction(parent) && parent.body === node) return [parent, ...receivers(parent, checker)];
  if (isArgument(node)) return parameterOf(node, node.parent, checker);
  if (ts.isBinaryExpression(parent) && parent.left === node) return declarationsAt(node, checker);
  if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) return memberWanted(parent, checker);
  if (isNamed(parent) && parent.name === node) return [parent, ...sameMemberAbove(parent, checker)];
  if (ts.isExpression(node) && ts.isExpression(parent)) return receivers(parent, checker);
  return [];
}

function givers(node: ts.Node, checker: ts.TypeChecker): readonly ts.Node[] {
  if (ts.isReturnStatement(node)) return node.expression === undefined ? [] : givers(node.expression, checker);
  const { parent } = node;
  if (isNamed(parent) && parent.name === node && "initializer" in parent && parent.initializer !== undefined) {
    return givers(parent.initializer as ts.Node, checker);
  }
  if (ts.isBinaryExpression(parent) && parent.left === node) return givers(parent.right, checker);
  if (ts.isCallExpression(node)) {
    const declared = checker.getResolvedSignature(node)?.declaration;
    const receiver = ts.isPropertyAccessExpression(node.expression) ? givers(node.expression.expression, checker) : [];
    return [
      ...(declared === undefined ? [] : [declared]),
      ...receiver,
      ...node.arguments.flatMap((each) => givers(each, checker)),
    ];
  }
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap((each) => givers(each, checker));
  if (ts.isBinaryExpression(node)) return [node.left, node.right].flatMap((each) => givers(each, checker));
  if (ts.isElementAccessExpression(node)) return givers(node.expression, checker);
  return declarationsAt(node, checker);
}

function isNamed(node: ts.Node): node is ts.NamedDeclaration {
  return "name" in node && !ts.isPropertyAccessExpression(node);
}

function isArgument(node: ts.Node): node is ts.Expression & { readonly parent: ts.CallExpression | ts.NewExpression } {
  const { parent } = node;
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== node;
}

function enclosingFunction(node: ts.Node): readonly ts.Node[] {
  const owner = ts.findAncestor(node, ts.isFunctionLike);
  return owner === undefined ? [] : [owner];
}

function parameterOf(
  argument: ts.Expression,
  call: ts.CallExpression | ts.NewExpression,
  checker: ts.TypeChecker,
): readonly ts.Node[] {
  const i = call.arguments?.indexOf(argument) ?? -1;
  const parameters = checker.getResolvedSignature(call)?.getParameters() ?? [];
  const declared = parameters[Math.min(i, parameters.length - 1)]?.declarations ?? [];
  // `leases.set(key, lease)`: the parameter is the library's, the type argument stands where `leases` is declared.
  const receiver = ts.isPropertyAccessExpression(call.expression) ? givers(call.expression.expression, checker) : [];
  return [...declared, ...receiver];
}

function memberWanted(property: ts.ObjectLiteralElementLike, checker: ts.TypeChecker): readonly ts.Node[] {
  const wanted = ts.isObjectLiteralExpression(property.parent) && checker.getContextualType(property.parent);
  const name = property.name?.getText();
  if (!wanted || name === undefined) return [];
  return checker.getPropertyOfType(wanted, name)?.declarations ?? [];
}

// An override and what it overrides have to change together.
function sameMemberAbove(member: ts.NamedDeclaration, checker: ts.TypeChecker): readonly ts.Node[] {
  const owner = member.parent;
  const name = member.name?.getText();
  if (name === undefined || !(ts.isClassLike(owner) || ts.isInterfaceDeclaration(owner))) return [];
  const above = (owner.heritageClauses ?? []).flatMap((clause) => clause.types);
  return above.flatMap((each) => checker.getTypeAtLocation(each).getProperty(name)?.declarations ?? []);
}

function declarationsAt(node: ts.Node, checker: ts.TypeChecker): readonly ts.Node[] {
  const at = ts.isPropertyAccessExpression(node) ? node.name : node;
  const declarations = checker.getSymbolAtLocation(at)?.declarations ?? [];
  // What has no annotation has its type from its initializer.
  return declarations.flatMap((each) =>
    ts.isVariableDeclaration(each) && each.type === undefined && each.initializer !== undefined
      ? [each, ...givers(each.initializer, checker)]
      : [each],
  );
}

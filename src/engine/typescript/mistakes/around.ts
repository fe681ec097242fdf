import { ts } from "ts-morph";

/** A statement in a list of statements, and those in front of it. */
export interface Listed {
  readonly statement: ts.Statement;
  readonly before: readonly ts.Statement[];
}

/** The statement that is nothing but this call; undefined where something is made of what it returns. */
export function statementOf(call: ts.CallExpression): ts.ExpressionStatement | undefined {
  const { parent } = call;
  if (ts.isExpressionStatement(parent)) return parent;
  const isWaited = ts.isAwaitExpression(parent) || ts.isVoidExpression(parent);
  return isWaited && ts.isExpressionStatement(parent.parent) ? parent.parent : undefined;
}

/** The statement, or the loop or condition that it is the whole body of, as far out as it takes to stand in a list. */
export function listed(statement: ts.Statement): Listed | undefined {
  const { parent } = statement;
  if (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent)) {
    return { statement, before: parent.statements.slice(0, parent.statements.indexOf(statement)) };
  }
  return ts.isIterationStatement(parent, false) || ts.isIfStatement(parent) ? listed(parent) : undefined;
}

/** Does the statement itself stand in a list, so that another one can be put beside it? */
export function isInList(statement: ts.Statement): boolean {
  return listed(statement)?.statement === statement;
}

/** The names that a statement declares. */
export function declaredNames(statement: ts.Statement): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.add(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) add(element.name);
  };
  if (ts.isVariableStatement(statement)) for (const { name } of statement.declarationList.declarations) add(name);
  return names;
}

/** Does a name of the set stand anywhere in the node? */
export function mentionsAny(node: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(node) && names.has(node.text)) return true;
  return ts.forEachChild(node, (child) => mentionsAny(child, names)) ?? false;
}

import { ts } from "ts-morph";

/** A place where a member of a holder is read or written. */
export interface MemberUse {
  readonly member: string;
  readonly start: number;
  readonly end: number;
}

/** The objects whose member a flow goes into or comes from: `bio` in `bio.page = page`, the literal in `{ page }`. */
export function objectsAt(file: ts.SourceFile, use: MemberUse, end: "from" | "to"): readonly ts.Expression[] {
  const node = nodeAt(file, use.start, use.end);
  if (node === undefined) return [];
  if (end === "from") {
    const read = readIn(node, use.member);
    if (read.length > 0) return read;
  }
  for (let current: ts.Node = node; !ts.isStatement(current) && !ts.isSourceFile(current); current = current.parent) {
    const found = writtenBy(current, use.member, node);
    if (found.length > 0) return found;
  }
  return [];
}

/** The smallest node that reaches over a range, if it is that of a node. */
export function nodeAt(file: ts.SourceFile, start: number, end: number): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > start || node.end < end) return;
    if (node.getStart(file) === start && node.end === end) found ??= node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function writtenBy(node: ts.Node, member: string, value: ts.Node): readonly ts.Expression[] {
  if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
    return node.name.getText() === member && ts.isObjectLiteralExpression(node.parent) ? [node.parent] : [];
  }
  const { parent } = node;
  if (parent === undefined) return [];
  if (ts.isBinaryExpression(parent) && parent.right === node) return readIn(parent.left, member);
  if (ts.isCallExpression(parent) && parent.expression !== node) return readIn(parent.expression, member);
  if (ts.isForOfStatement(parent)) return readIn(parent.expression, member);
  if (ts.isVariableDeclaration(parent) && parent.initializer !== undefined && parent.initializer !== node) {
    return ts.isObjectBindingPattern(parent.name) && value !== parent ? [parent.initializer] : [];
  }
  return [];
}

// The outermost way to the member in an expression; those in functions inside of it are others.
function readIn(node: ts.Node, member: string): readonly ts.Expression[] {
  if (ts.isPropertyAccessExpression(node) && node.name.text === member) return [node.expression];
  if (ts.isVariableDeclaration(node)) return node.initializer === undefined ? [] : readIn(node.initializer, member);
  const found: ts.Expression[] = [];
  ts.forEachChild(node, (child) => {
    if (!ts.isFunctionLike(child)) found.push(...readIn(child, member));
  });
  return found;
}

/** Where a member is given what the same member of something else holds. */
export function copiesOf(file: ts.SourceFile, member: string): readonly ts.Expression[] {
  const { identifiers } = file as ts.SourceFile & { readonly identifiers?: ReadonlyMap<string, string> };
  if (identifiers?.has(member) === false) return [];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    const value = givenTo(node, member);
    if (value !== undefined && readIn(value, member).length > 0) found.push(value);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function givenTo(node: ts.Node, member: string): ts.Expression | undefined {
  if (ts.isPropertyAssignment(node)) return node.name.getText() === member ? node.initializer : undefined;
  const isStore = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isStore && readIn(node.left, member).length > 0 ? node.right : undefined;
}

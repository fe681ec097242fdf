import { ts } from "ts-morph";

/**
 * The part of a file that is read at once: a statement at the top of a file, a namespace or a suite of tests; of a class
 * or an interface there a member, or its head (name, type parameters and heritage), for which the declaration stands.
 */
export function unitOf(node: ts.Node): ts.Node {
  if (ts.isSourceFile(node)) return node;
  return ts.findAncestor(node, isUnit) ?? node;
}

/** The units that stand on a line, counted from 1; none outside the file. */
export function unitsAt(file: ts.SourceFile, line: number): readonly ts.Node[] {
  if (line < 1 || line > file.getLineStarts().length) return [];
  const start = file.getPositionOfLineAndCharacter(line - 1, 0);
  const end = file.getLineEndOfPosition(start);
  const isOnLine = (node: ts.Node) => node.getStart(file) <= end && start <= node.end;
  const within = (unit: ts.Node): readonly ts.Node[] => {
    const inner = unitsIn(unit).filter(isOnLine);
    return inner.length > 0 ? inner.flatMap(within) : [unit];
  };
  return file.statements.filter(isOnLine).flatMap(within);
}

/** The nodes below one on which the reading of its unit goes on: all but those that are units of their own. */
export function partsOf(node: ts.Node): readonly ts.Node[] {
  const parts: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    if (!isUnit(child)) parts.push(child);
  });
  return parts;
}

/** The class or interface that a unit is a member of. */
export function headOf(unit: ts.Node): ts.Node | undefined {
  return isMemberUnit(unit) ? unit.parent : undefined;
}

/** The innermost suite of tests around a node: what is declared there is used there alone. */
export function suiteOf(node: ts.Node): ts.Block | undefined {
  const around = ts.findAncestor(node.parent, (each) => ts.isFunctionLike(each) || isSuite(each));
  return around !== undefined && isSuite(around) ? around : undefined;
}

function unitsIn(unit: ts.Node): readonly ts.Node[] {
  if (isMembered(unit)) return unit.members;
  if (ts.isModuleDeclaration(unit)) {
    const { body } = unit;
    if (body === undefined || ts.isIdentifier(body)) return [];
    return ts.isModuleBlock(body) ? body.statements : unitsIn(body);
  }
  return suiteBegunBy(unit)?.statements ?? [];
}

function isUnit(node: ts.Node): boolean {
  return isTop(node) || isMemberUnit(node);
}

function isTop({ parent }: ts.Node): boolean {
  return parent !== undefined && (ts.isSourceFile(parent) || ts.isModuleBlock(parent) || isSuite(parent));
}

function isMemberUnit(node: ts.Node): boolean {
  return isMember(node) && isMembered(node.parent) && isTop(node.parent);
}

function isMembered(node: ts.Node): node is ts.ClassDeclaration | ts.InterfaceDeclaration {
  return ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node);
}

function isMember(node: ts.Node): boolean {
  return ts.isClassElement(node) || ts.isTypeElement(node);
}

// `describe("queue", () => { test("is empty", () => { … }) })`: of a file of tests it is nearly all.
function isSuite(node: ts.Node): node is ts.Block {
  if (!ts.isBlock(node) || !(ts.isArrowFunction(node.parent) || ts.isFunctionExpression(node.parent))) return false;
  const statement = node.parent.parent.parent;
  return statement !== undefined && suiteBegunBy(statement) === node && isTop(statement);
}

function suiteBegunBy(statement: ts.Node): ts.Block | undefined {
  const run = runBy(statement);
  if (run === undefined || run.parameters.length > 0 || !ts.isBlock(run.body)) return undefined;
  return run.body.statements.some((each) => runBy(each) !== undefined) ? run.body : undefined;
}

// What a statement that is nothing but a call with a title runs.
function runBy(statement: ts.Node): ts.ArrowFunction | ts.FunctionExpression | undefined {
  if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return undefined;
  const [title, ...rest] = statement.expression.arguments;
  if (title === undefined || !(ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))) return undefined;
  return rest.find((each) => ts.isArrowFunction(each) || ts.isFunctionExpression(each));
}

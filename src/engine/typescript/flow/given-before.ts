import { ts } from "ts-morph";
import { namesIn } from "../syntax/names.ts";
import { isTarget } from "../syntax/pattern.ts";
import { symbolOf } from "./carrier.ts";

/**
 * What a variable is given right before it is used, `id = next(); load(id)`, on every branch that leads there: the compiler
 * takes a union for no more than that. None wherever another way might lead there.
 *
 * Shortcomings: what is given in a condition itself, a loop, a `switch` or a `try` is not looked for.
 */
export function givenBefore(use: ts.Expression, checker: ts.TypeChecker): readonly ts.Expression[] {
  const declaration = ts.isIdentifier(use) ? symbolOf(use, checker)?.valueDeclaration : undefined;
  if (declaration === undefined || !ts.isIdentifier(use) || !isVariable(declaration)) return [];
  const targets = namesIn(use.getSourceFile(), use.text).filter(isTarget);
  const own = targets.filter(
    (each) => ts.isIdentifier(each) && symbolOf(each, checker)?.valueDeclaration === declaration,
  );
  return own.length === 0 ? [] : before(use, { declaration, targets: own });
}

/** A variable, and where it is assigned to. */
interface Variable {
  readonly declaration: ts.Declaration;
  readonly targets: readonly ts.Node[];
}

function isVariable(declaration: ts.Node): declaration is ts.VariableDeclaration | ts.ParameterDeclaration {
  return ts.isVariableDeclaration(declaration) || ts.isParameter(declaration);
}

// Backwards, statement by statement, out of whatever is certain to come after what stands before it.
function before(use: ts.Node, variable: Variable): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  for (let current = use; !ts.isFunctionLike(current) && !ts.isSourceFile(current); current = current.parent) {
    const { parent } = current;
    if (!ts.isBlock(parent) && !ts.isSourceFile(parent)) {
      if (comesFirst(current, parent)) continue;
      if (isGivenIn(parent, variable) && !ts.isFunctionLike(parent)) return [];
      continue;
    }
    const { pos } = current;
    const given = givenIn(
      parent.statements.filter(({ end }) => end <= pos),
      variable,
    );
    if (given === undefined) return [];
    found.push(...given.values);
    if (given.isSure) return found;
  }
  return [];
}

function isGivenIn(node: ts.Node, { targets }: Variable): boolean {
  return targets.some((each) => node.pos <= each.pos && each.end <= node.end);
}

/** What a variable may be given, and whether it is one of these for sure. */
interface Given {
  readonly values: readonly ts.Expression[];
  readonly isSure: boolean;
}

// Undefined where it may be given what is not known here.
function givenIn(statements: readonly ts.Statement[], variable: Variable): Given | undefined {
  const values: ts.Expression[] = [];
  for (const statement of [...statements].reverse()) {
    const given = givenBy(statement, variable);
    if (given === undefined) return undefined;
    values.push(...given.values);
    if (given.isSure) return { values, isSure: true };
  }
  return { values, isSure: false };
}

function givenBy(statement: ts.Statement, variable: Variable): Given | undefined {
  if (leaves(statement)) return { values: [], isSure: true };
  if (ts.isBlock(statement)) return givenIn(statement.statements, variable);
  if (ts.isIfStatement(statement)) return givenByEither(statement, variable);
  const value = storedBy(statement, variable);
  if (value !== undefined) return { values: [value], isSure: true };
  return isGivenIn(statement, variable) ? undefined : { values: [], isSure: false };
}

function givenByEither(
  { expression, thenStatement, elseStatement }: ts.IfStatement,
  variable: Variable,
): Given | undefined {
  if (isGivenIn(expression, variable)) return undefined;
  const nothing: Given = { values: [], isSure: false };
  const given = givenBy(thenStatement, variable);
  const otherwise = elseStatement === undefined ? nothing : givenBy(elseStatement, variable);
  if (given === undefined || otherwise === undefined) return undefined;
  return { values: [...given.values, ...otherwise.values], isSure: given.isSure && otherwise.isSure };
}

// What comes after it is not reached from there.
function leaves(statement: ts.Statement): boolean {
  return (
    ts.isReturnStatement(statement) ||
    ts.isThrowStatement(statement) ||
    ts.isContinueStatement(statement) ||
    ts.isBreakStatement(statement)
  );
}

// A condition comes before what it decides of, and a value before it is stored.
function comesFirst(current: ts.Node, parent: ts.Node): boolean {
  if (ts.isExpressionStatement(parent)) return true;
  if (ts.isIfStatement(parent)) return parent.expression === current;
  return (
    ts.isBinaryExpression(parent) &&
    parent.right === current &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isIdentifier(parent.left)
  );
}

function storedBy(statement: ts.Statement, { declaration, targets }: Variable): ts.Expression | undefined {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.find((each) => each === declaration)?.initializer;
  }
  const stored = ts.isExpressionStatement(statement) ? statement.expression : undefined;
  if (stored === undefined || !ts.isBinaryExpression(stored) || !targets.includes(stored.left)) return undefined;
  const isPlain = stored.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isPlain && !targets.some((each) => stored.right.pos <= each.pos && each.end <= stored.end)
    ? stored.right
    : undefined;
}

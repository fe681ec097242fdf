import { ts } from "ts-morph";
import { namesIn } from "../syntax/names.ts";
import { isTarget } from "../syntax/pattern.ts";
import { symbolOf } from "./carrier.ts";

/**
 * What a variable is given right before it is used, `id = next(); load(id)`: the compiler takes a union for no more than
 * that. Undefined wherever another way might lead there.
 *
 * Shortcomings: what is given on every branch of a condition, or in a condition itself, is not looked for.
 */
export function givenBefore(use: ts.Expression, checker: ts.TypeChecker): ts.Expression | undefined {
  const declaration = ts.isIdentifier(use) ? symbolOf(use, checker)?.valueDeclaration : undefined;
  if (declaration === undefined || !ts.isIdentifier(use) || !isVariable(declaration)) return undefined;
  const targets = namesIn(use.getSourceFile(), use.text).filter(isTarget);
  const own = targets.filter(
    (each) => ts.isIdentifier(each) && symbolOf(each, checker)?.valueDeclaration === declaration,
  );
  return own.length === 0 ? undefined : before(use, declaration, own);
}

function isVariable(declaration: ts.Node): declaration is ts.VariableDeclaration | ts.ParameterDeclaration {
  return ts.isVariableDeclaration(declaration) || ts.isParameter(declaration);
}

// Backwards, statement by statement, out of whatever is certain to come after what stands before it.
function before(use: ts.Node, declaration: ts.Declaration, targets: readonly ts.Node[]): ts.Expression | undefined {
  const isGivenIn = (node: ts.Node) => targets.some((each) => node.pos <= each.pos && each.end <= node.end);
  for (let current = use; !ts.isFunctionLike(current) && !ts.isSourceFile(current); current = current.parent) {
    const { parent } = current;
    if (!ts.isBlock(parent) && !ts.isSourceFile(parent)) {
      if (comesFirst(current, parent)) continue;
      if (isGivenIn(parent) && !ts.isFunctionLike(parent)) return undefined;
      continue;
    }
    const statements: readonly ts.Node[] = parent.statements;
    for (const statement of statements.slice(0, statements.indexOf(current)).reverse()) {
      const given = givenBy(statement, declaration, targets);
      if (given !== undefined || isGivenIn(statement)) return given;
    }
  }
  return undefined;
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

function givenBy(
  statement: ts.Node,
  declaration: ts.Declaration,
  targets: readonly ts.Node[],
): ts.Expression | undefined {
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

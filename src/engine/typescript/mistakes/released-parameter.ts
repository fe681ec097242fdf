import { ts } from "ts-morph";
import { withoutCasts } from "./same-value.ts";

/** A parameter of a function, by its place. */
export interface ParameterOf {
  readonly owner: ts.Node;
  readonly index: number;
  /** Are its elements released, and not itself? */
  readonly isBatch: boolean;
}

/**
 * The parameter that a function releases whenever it is called: itself, its elements, or some of them, as in
 * `for (const page of pages.slice(0, nr)) put_page(page)`. What a parameter merely holds in a member is another matter,
 * and so is what is released on a condition.
 */
export function releasedParameter(
  call: ts.CallExpression,
  argument: ts.Expression | undefined,
  checker: ts.TypeChecker,
): ParameterOf | undefined {
  const declaration = argument && declarationBehind(argument, checker);
  const owner = ts.findAncestor(call, ts.isFunctionLike);
  if (declaration === undefined || !ts.isParameter(declaration) || declaration.parent !== owner) return undefined;
  if (ts.findAncestor(call, (node) => node === owner || isCondition(node)) !== owner) return undefined;
  const isBatch =
    argument !== undefined && checker.getSymbolAtLocation(withoutCasts(argument))?.valueDeclaration !== declaration;
  return { owner, index: declaration.parent.parameters.indexOf(declaration), isBatch };
}

function declarationBehind(value: ts.Expression, checker: ts.TypeChecker): ts.Declaration | undefined {
  const bare = withoutCasts(value);
  if (ts.isElementAccessExpression(bare)) return declarationBehind(bare.expression, checker);
  if (ts.isCallExpression(bare) && isPart(bare.expression))
    return declarationBehind(bare.expression.expression, checker);
  if (!ts.isIdentifier(bare)) return undefined;

  const declaration = checker.getSymbolAtLocation(bare)?.valueDeclaration;
  const loop = declaration?.parent.parent;
  if (loop === undefined || !ts.isForOfStatement(loop) || declaration?.parent !== loop.initializer) return declaration;
  return declarationBehind(loop.expression, checker);
}

function isCondition(node: ts.Node): boolean {
  return ts.isIfStatement(node) || ts.isConditionalExpression(node) || ts.isSwitchStatement(node);
}

function isPart(called: ts.Expression): called is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(called) && ["slice", "splice"].includes(called.name.text);
}

import { ts } from "ts-morph";
import type { FlowContext } from "../typescript/flow/flow-context.ts";
import { declaredSights, held, inside, memberSights, namedSights, type Sight, typeSights } from "./sights.ts";

/** Methods that make a list of what a list holds, and those that give one of them. */
const copying = /^(?:slice|filter|concat|splice|toReversed|toSorted|toSpliced)$/u;
const taking = /^(?:pop|shift|at|find|findLast|get)$/u;

/** The positions that an expression's value comes from; none where that is not plain to see. */
export function valueSights(context: FlowContext, expression: ts.Expression): readonly Sight[] {
  if (ts.isAsExpression(expression)) return assertedSights(context, expression);
  if (ts.isParenthesizedExpression(expression) || ts.isNonNullExpression(expression))
    return valueSights(context, expression.expression);
  if (ts.isSatisfiesExpression(expression)) return valueSights(context, expression.expression);
  if (ts.isElementAccessExpression(expression)) return inside(valueSights(context, expression.expression), held);
  if (ts.isArrayLiteralExpression(expression))
    return expression.elements.flatMap((element) => elementSights(context, element));
  if (ts.isCallExpression(expression)) return resultSights(context, expression);
  return namedSights(context, expression);
}

function elementSights(context: FlowContext, element: ts.Expression): readonly Sight[] {
  if (ts.isSpreadElement(element)) return valueSights(context, element.expression);
  return valueSights(context, element).map(({ path, position }) => ({ path: `.[]${path}`, position }));
}

function assertedSights(context: FlowContext, { type, expression }: ts.AsExpression): readonly Sight[] {
  if (ts.isConstTypeReference(type)) return valueSights(context, expression);
  return typeSights(context, context.test.checker.getTypeFromTypeNode(type));
}

function resultSights(context: FlowContext, call: ts.CallExpression): readonly Sight[] {
  const signature = context.test.checker.getResolvedSignature(call);
  const declaration: ts.SignatureDeclaration | ts.JSDocSignature | undefined = signature?.getDeclaration();
  if (signature === undefined || declaration === undefined) return [];
  if (!declaration.getSourceFile().isDeclarationFile) {
    return isBodiless(declaration)
      ? typeSights(context, signature.getReturnType())
      : declaredSights(context, declaration);
  }
  const { expression: callee } = call;
  if (!ts.isPropertyAccessExpression(callee)) return [];
  if (copying.test(callee.name.text)) return valueSights(context, callee.expression);
  return taking.test(callee.name.text) ? inside(valueSights(context, callee.expression), held) : [];
}

/** A signature of a type, or an overload: what is called through it is seen at the call alone. */
export function isBodiless(declaration: ts.Node): boolean {
  if (declaration.getSourceFile().isDeclarationFile) return false;
  return ts.isFunctionLike(declaration) && !("body" in declaration && declaration.body !== undefined);
}

/** The positions that what a name of a pattern, a loop or a callback holds is taken out of. */
export function takenFrom(context: FlowContext, declaration: ts.Node): readonly Sight[] {
  if (ts.isBindingElement(declaration)) return partSights(context, declaration);
  if (ts.isVariableDeclaration(declaration)) {
    const loop = declaration.parent.parent;
    return ts.isForOfStatement(loop) ? inside(valueSights(context, loop.expression), held) : [];
  }
  return ts.isParameter(declaration) ? handedSights(context, declaration) : [];
}

function partSights(context: FlowContext, element: ts.BindingElement): readonly Sight[] {
  if (element.dotDotDotToken !== undefined) return [];
  const pattern = element.parent;
  if (ts.isArrayBindingPattern(pattern)) {
    const { parent } = pattern;
    if (!ts.isVariableDeclaration(parent)) return [];
    const loop = parent.parent.parent;
    if (ts.isForOfStatement(loop)) return entrySights(context, loop.expression);
    return parent.initializer === undefined ? [] : inside(valueSights(context, parent.initializer), held);
  }
  const name = (element.propertyName ?? element.name).getText();
  const member = context.test.checker.getTypeAtLocation(pattern).getProperty(name);
  return member === undefined ? [] : memberSights(context, member);
}

// `for (const [i, page] of pages.entries())`, where the number is no page.
function entrySights(context: FlowContext, entries: ts.Expression): readonly Sight[] {
  if (!ts.isCallExpression(entries) || !ts.isPropertyAccessExpression(entries.expression)) return [];
  const { name, expression } = entries.expression;
  return name.text === "entries" ? inside(valueSights(context, expression), held) : [];
}

// What `pages.map((page) => …)` hands to the callback is what the list holds.
function handedSights(context: FlowContext, parameter: ts.ParameterDeclaration): readonly Sight[] {
  const callback = parameter.parent;
  const call = callback.parent;
  const isFirst = callback.parameters[0] === parameter && callback.name === undefined;
  if (!isFirst || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return [];
  const method = context.test.checker.getResolvedSignature(call)?.getDeclaration();
  const isOfList = method?.getSourceFile().isDeclarationFile === true && call.expression.name.text !== "reduce";
  return isOfList ? inside(valueSights(context, call.expression.expression), held) : [];
}

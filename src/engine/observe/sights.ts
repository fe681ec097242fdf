import { ts } from "ts-morph";
import type { PositionId } from "../graph/graph.ts";
import { isInferred, mentionsIn, symbolOf } from "../typescript/flow/carrier.ts";
import type { FlowContext } from "../typescript/flow/flow-context.ts";
import { mentions } from "../typescript/tagging/leaves.ts";

/** Where a value can be looked at: the way into it, and the position that its type stands at. */
export interface Sight {
  readonly path: string;
  readonly position: PositionId;
  /** Only for the moment, see `Place`. */
  readonly passing?: true;
}

/** The positions of a declaration's own type; of a function's, of what it returns. */
export function declaredSights(context: FlowContext, declaration: ts.Node): readonly Sight[] {
  const { checker } = context.test;
  if (!isInferred(declaration)) {
    if (!ts.isFunctionLike(declaration)) return typeSights(context, checker.getTypeAtLocation(declaration));
    const signature = checker.getSignatureFromDeclaration(declaration);
    return signature === undefined ? [] : typeSights(context, signature.getReturnType());
  }
  const paths = new Set(mentionsIn(declaration, context.test).map(({ path }) => path));
  return [...paths].map((path) => ({ path, position: context.positions.inferred(declaration, path) }));
}

/** The positions that stand in a type; none for a part that may stand at several. */
export function typeSights(context: FlowContext, type: ts.Type): readonly Sight[] {
  const all = mentions(type, context.test).flatMap(({ path, leaf }) => leaf.tags.map((tag) => ({ path, tag })));
  const isAlone = (sight: { readonly path: string }) => all.filter(({ path }) => path === sight.path).length === 1;
  return all.filter(isAlone).map(({ path, tag }) => ({ path, position: context.positions.written(tag) }));
}

/** The positions of what an expression names: a variable, a parameter, a member. */
export function namedSights(context: FlowContext, expression: ts.Expression): readonly Sight[] {
  const { checker } = context.test;
  if (ts.isIdentifier(expression)) {
    const declaration = symbolOf(expression, checker)?.valueDeclaration;
    return declaration === undefined || isFunction(declaration) ? [] : declaredSights(context, declaration);
  }
  if (!ts.isPropertyAccessExpression(expression)) return [];
  const member = checker.getSymbolAtLocation(expression.name);
  return member === undefined ? [] : memberSights(context, member);
}

/** The positions of a member's type, as it is in the type that it is a member of. */
export function memberSights(context: FlowContext, member: ts.Symbol): readonly Sight[] {
  const [declaration, ...others] = member.declarations ?? [];
  if (declaration === undefined || others.length > 0 || isFunction(declaration)) return [];
  if (isInferred(declaration)) return declaredSights(context, declaration);
  return typeSights(context, context.test.checker.getTypeOfSymbol(member));
}

function isFunction(declaration: ts.Node): boolean {
  return ts.isFunctionLike(declaration) && !ts.isAccessor(declaration);
}

/** What a step leads to: `.[]` from a list to its elements. */
export function inside(sights: readonly Sight[], step: RegExp): readonly Sight[] {
  return sights.flatMap(({ path, position }) => {
    const [first] = step.exec(path) ?? [];
    return first === undefined ? [] : [{ path: path.slice(first.length), position }];
  });
}

/** From a list, a tuple or a map to what is held in it. */
export const held = /^\.(?:\[\d*\]|<1>)/u;

import { ts } from "ts-morph";
import type { PositionId } from "../graph.ts";
import { isInferred, mentionsIn, symbolOf } from "../typescript/carrier.ts";
import type { FlowContext } from "../typescript/flows.ts";
import { mentions } from "../typescript/leaves.ts";
import type { Insertion } from "./insertions.ts";
import type { Place, Point } from "./point.ts";

/** Where a value can be looked at: the way into it, and the position that its type stands at. */
export interface Sight {
  readonly path: string;
  readonly position: PositionId;
}

/** What the rules of the rewriting share: a file in work, the points made so far, the engine's names. */
export interface Sheet {
  readonly context: FlowContext;
  readonly producers: ReadonlySet<PositionId>;
  readonly releases: ReadonlySet<PositionId>;
  readonly points: Point[];
  readonly insertions: Insertion[];
}

/** A rule of the rewriting: what it adds to the sheet for one node. */
export type Rule = (node: ts.Node, sheet: Sheet) => void;

/** Puts text around a node. Of two that are put around the same one, the first is outside. */
export function wrap({ insertions }: Sheet, node: ts.Node, before: string, after: string): void {
  insertions.push({ start: node.getStart(), end: node.getEnd(), before, after });
}

/** Puts text at a place. */
export function insert({ insertions }: Sheet, at: number, text: string): void {
  insertions.push({ start: at, end: at, before: text, after: "" });
}

/** Lets the value of an expression be seen at these positions. */
export function look(sheet: Sheet, expression: ts.Expression, sights: readonly Sight[]): void {
  const point = addPoint(sheet, expression, sights);
  if (point !== undefined) wrap(sheet, expression, "__o.seen(", `, ${point})`);
}

/** A statement that lets a name's value be seen, empty when there is nothing to see. */
export function lookAtName(sheet: Sheet, declaration: NamedHolder): string {
  const name = declaration.name.getText();
  const point = name === "this" ? undefined : addPoint(sheet, declaration, declaredSights(sheet.context, declaration));
  if (point === undefined) return "";
  const call = `__o.seen(${name}, ${point})`;
  return sheet.points[point]?.becomes === "itself" ? call : `${name} = ${call}`;
}

/** A declaration that holds a value under a name. */
export type NamedHolder = ts.ParameterDeclaration | ts.VariableDeclaration | ts.BindingElement;

/** The declarations under a name or pattern. */
export function holdersUnder(declaration: NamedHolder): readonly NamedHolder[] {
  const { name } = declaration;
  if (ts.isIdentifier(name)) return [declaration];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? holdersUnder(element) : []));
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

/** Adds a point for these positions, and says its number; none when there are none. */
export function addPoint(sheet: Sheet, node: ts.Node, sights: readonly Sight[]): number | undefined {
  if (sights.length === 0) return undefined;
  const { file, line } = sheet.context.positions.siteOf(node);
  const places: readonly Place[] = sights.map(({ path, position }) => ({ path, position, file, line }));
  const isAt = (positions: ReadonlySet<PositionId>) =>
    sights.some(({ path, position }) => path === "" && positions.has(position));
  sheet.points.push({ places, becomes: isAt(sheet.releases) ? "plain" : isAt(sheet.producers) ? "pinned" : "itself" });
  return sheet.points.length - 1;
}

import { ts } from "ts-morph";
import type { PositionId } from "../graph/graph.ts";
import type { FlowContext } from "../typescript/flow/flow-context.ts";
import { valuesOf } from "../typescript/syntax/values.ts";
import type { Insertion } from "./insertions.ts";
import type { Place, Point } from "./point.ts";
import { declaredSights, inside, type Sight } from "./sights.ts";
import { takenFrom, valueSights } from "./value-sights.ts";

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

/** Lets the value of an expression be seen at these positions; of several it may have, each by itself. */
export function look(sheet: Sheet, expression: ts.Expression, sights: readonly Sight[], hands?: number): void {
  if (sights.length === 0) return;
  if (ts.isArrayLiteralExpression(expression)) lookAtElements(sheet, expression, sights);
  const values = valuesOf(expression).filter((value) => !isNothing(value) && !isInChain(value));
  for (const value of ts.isArrayLiteralExpression(expression) ? [expression] : values) {
    const point = addPoint(sheet, value, sights, valueSights(sheet.context, value), { hands });
    if (point !== undefined) wrap(sheet, value, "__o.seen(", `, ${point})`);
  }
}

function lookAtElements(sheet: Sheet, { elements }: ts.ArrayLiteralExpression, sights: readonly Sight[]): void {
  for (const [i, element] of elements.entries()) {
    if (ts.isSpreadElement(element))
      look(
        sheet,
        element.expression,
        sights.filter(({ path }) => path.startsWith(".[]")),
      );
    else look(sheet, element, inside(sights, new RegExp(`^\\.\\[(?:${i})?\\]`, "u")));
  }
}

/** `a?.b.c` gives nothing up at `a?.b`, unless it stays one chain. */
export function isInChain(node: ts.Expression): boolean {
  const { parent } = node;
  return ts.isOptionalChain(node) && "expression" in parent && parent.expression === node && ts.isOptionalChain(parent);
}

/** Does the expression say that there is no value? */
export function isNothing(expression: ts.Expression): boolean {
  const isNull = expression.kind === ts.SyntaxKind.NullKeyword;
  return (
    isNull || ts.isLiteralExpression(expression) || (ts.isIdentifier(expression) && expression.text === "undefined")
  );
}

/** A statement that lets a name's value be seen, empty when there is nothing to see. */
export function lookAtName(sheet: Sheet, declaration: NamedHolder): string {
  const name = declaration.name.getText();
  const sights = name === "this" ? [] : declaredSights(sheet.context, declaration);
  const point = addPoint(sheet, declaration, sights, takenFrom(sheet.context, declaration), {
    takes: parameterNumber(declaration),
  });
  if (point === undefined) return "";
  const call = `__o.seen(${name}, ${point})`;
  return sheet.points[point]?.becomes === "itself" ? call : `${name} = ${call}`;
}

function parameterNumber(declaration: NamedHolder): number | undefined {
  return ts.isParameter(declaration) ? declaration.parent.parameters.indexOf(declaration) : undefined;
}

/** A declaration that holds a value under a name. */
export type NamedHolder = ts.ParameterDeclaration | ts.VariableDeclaration | ts.BindingElement;

/** The declarations under a name or pattern. */
export function holdersUnder(declaration: NamedHolder): readonly NamedHolder[] {
  const { name } = declaration;
  if (ts.isIdentifier(name)) return [declaration];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? holdersUnder(element) : []));
}

/** Adds a point for these positions, and says its number; none when there are none. */
export function addPoint(
  sheet: Sheet,
  node: ts.Node,
  sights: readonly Sight[],
  origins: readonly Sight[],
  call: { readonly hands?: number | undefined; readonly takes?: number | undefined } = {},
): number | undefined {
  if (sights.length === 0) return undefined;
  const { file, line } = sheet.context.positions.siteOf(node);
  const places = sights.map(({ path, position, passing }): Place => {
    const from = origins.filter((origin) => origin.path === path && origin.position !== position);
    const place = { path, position, from: from.map((origin) => origin.position), file, line };
    return passing === undefined ? place : { ...place, passing };
  });
  const isSource = sights.some(({ path, position }) => path === "" && sheet.producers.has(position));
  const isRelease = sights.some(({ position }) => sheet.releases.has(position));
  const becomes = isRelease ? "plain" : isSource ? "pinned" : "itself";
  const { hands, takes } = call;
  sheet.points.push({
    places,
    becomes,
    ...(hands === undefined ? {} : { hands }),
    ...(takes === undefined ? {} : { takes }),
  });
  return sheet.points.length - 1;
}

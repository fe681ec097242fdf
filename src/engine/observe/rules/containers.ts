import { ts } from "ts-morph";
import { mentions } from "../../typescript/tagging/leaves.ts";
import { isInChain, isNothing, look, type Sheet, wrap } from "../sheet.ts";
import { held, inside, namedSights } from "../sights.ts";
import { valueSights } from "../value-sights.ts";

/** The methods that put something in, and from which argument on. */
const storing: ReadonlyMap<string, number> = new Map([
  ["push", 0],
  ["unshift", 0],
  ["fill", 0],
  ["add", 0],
  ["set", 0],
  ["splice", 2],
]);

const searching: ReadonlySet<string> = new Set([
  "includes",
  "indexOf",
  "lastIndexOf",
  "has",
  "get",
  "delete",
  "set",
  "add",
]);

/** What a method or an assignment puts into a container is seen at all places that know the container. */
export function stores(node: ts.Node, sheet: Sheet): void {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression))
    storesOf(node, node.expression, sheet);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  const { left, right } = node;
  if (!ts.isElementAccessExpression(left) || !mayHoldBase(sheet, right)) return;
  const slot = ts.isNumericLiteral(left.argumentExpression) ? left.argumentExpression.text : "-1";
  look(sheet, right, inside(namedSights(sheet.context, left.expression), held));
  const container = remembered(sheet, node, left.expression);
  wrap(sheet, right, `__o.into(${container}, `, `, ${slot}, "${becomes(sheet, left.expression)}")`);
}

function storesOf(call: ts.CallExpression, { expression, name }: ts.PropertyAccessExpression, sheet: Sheet): void {
  const first = storing.get(name.text);
  const isSearch = searching.has(name.text);
  if ((first === undefined && !isSearch) || !isContainer(sheet, expression)) return;
  const args = call.arguments.filter((argument) => mayHoldBase(sheet, argument));
  if (args.length === 0) return;

  const container = remembered(sheet, call, expression);
  const kind = becomes(sheet, expression);
  for (const argument of args) {
    const i = call.arguments.indexOf(argument);
    const slot = name.text === "set" ? i : 0;
    if (first !== undefined && i >= first) lookInto(sheet, expression, argument, slot);
    if (ts.isSpreadElement(argument)) {
      wrap(sheet, argument.expression, `__o.intoAll(${container}, `, `, ${slot}, "${kind}")`);
      continue;
    }
    if (first !== undefined && i >= first) wrap(sheet, argument, `__o.into(${container}, `, `, ${slot}, "${kind}")`);
    if (isSearch && i === 0) wrap(sheet, argument, `__o.held(${container}, `, ")");
  }
}

// The container is known by its own name too, and what goes in comes from what the argument says.
function lookInto(sheet: Sheet, container: ts.Expression, argument: ts.Expression, slot: number): void {
  const sights = valueSights(sheet.context, container);
  const step = new RegExp(`^\\.(?:\\[\\d*\\]|<${slot}>)`, "u");
  if (!ts.isSpreadElement(argument)) look(sheet, argument, inside(sights, step));
}

/** Two references to one value are the same, however they came. */
export function comparisons(node: ts.Node, sheet: Sheet): void {
  if (!ts.isBinaryExpression(node) || !/^[!=]==?$/u.test(node.operatorToken.getText())) return;
  const sides = [node.left, node.right];
  if (sides.some(isNothing) || !sides.some((side) => mayHoldBase(sheet, side))) return;
  for (const side of sides) wrap(sheet, side, "__o.plain(", ")");
}

// Names and members of names can be said twice; what else there is has to be kept, unless it would break a chain.
function remembered(sheet: Sheet, user: ts.Expression, container: ts.Expression): string {
  if (isPure(container)) return container.getText();
  if (isInChain(user)) return "undefined";
  wrap(sheet, user, "__o.off(", ")");
  wrap(sheet, container, "__o.on(", ")");
  return "__o.receiver()";
}

function isPure(expression: ts.Expression): boolean {
  if (ts.isIdentifier(expression) || expression.kind === ts.SyntaxKind.ThisKeyword) return true;
  return ts.isPropertyAccessExpression(expression) && isPure(expression.expression);
}

function becomes(sheet: Sheet, container: ts.Expression): "itself" | "pinned" {
  const isSource = namedSights(sheet.context, container).some(({ position }) => sheet.producers.has(position));
  return isSource ? "pinned" : "itself";
}

function isContainer({ context }: Sheet, expression: ts.Expression): boolean {
  const { checker } = context.test;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(expression));
  return (
    checker.isArrayType(type) ||
    checker.isTupleType(type) ||
    /^(Readonly|Weak)?(Map|Set)$/u.test(type.symbol?.name ?? "")
  );
}

function mayHoldBase({ context }: Sheet, expression: ts.Expression): boolean {
  const inner = ts.isSpreadElement(expression) ? expression.expression : expression;
  const type = context.test.checker.getTypeAtLocation(inner);
  const isOpen = (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.TypeParameter)) !== 0;
  return isOpen || mentions(type, context.test).length > 0;
}

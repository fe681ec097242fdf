import { ts } from "ts-morph";
import { isTarget } from "./pattern.ts";

/**
 * Does a function only look at what lies in the container that is passed to it? One that keeps it, hands it on or stores
 * into it may fill it; so may one whose body is not known.
 *
 * Shortcomings: what is stored into a container inside of this one is not seen.
 */
export function isOnlyRead({ name, parent, modifiers }: ts.ParameterDeclaration): boolean {
  const body = "body" in parent ? parent.body : undefined;
  if (body === undefined || !ts.isIdentifier(name) || modifiers !== undefined) return false;
  const looks = (node: ts.Node): boolean => {
    if (ts.isIdentifier(node) && node.text === name.text && !isMemberName(node)) return isLook(node);
    return ts.forEachChild(node, (child) => !looks(child)) !== true;
  };
  return looks(body);
}

function isMemberName(node: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

function isLook(use: ts.Expression): boolean {
  const { parent } = use;
  if (ts.isForOfStatement(parent)) return parent.expression === use;
  if (ts.isSpreadElement(parent)) return true;
  if (ts.isNonNullExpression(parent) || ts.isParenthesizedExpression(parent)) return isLook(parent);
  if (ts.isElementAccessExpression(parent)) return parent.expression === use && !isTarget(parent);
  return ts.isPropertyAccessExpression(parent) && looking.has(parent.name.text);
}

// What lists, maps and sets that are only read have.
const looking: ReadonlySet<string> = new Set([
  "at",
  "concat",
  "entries",
  "every",
  "filter",
  "find",
  "findIndex",
  "findLast",
  "findLastIndex",
  "flat",
  "flatMap",
  "forEach",
  "get",
  "has",
  "includes",
  "indexOf",
  "join",
  "keys",
  "lastIndexOf",
  "length",
  "map",
  "reduce",
  "reduceRight",
  "size",
  "slice",
  "some",
  "toReversed",
  "toSorted",
  "values",
  "with",
]);

import { ts } from "ts-morph";
import type { FlowEdge } from "../../graph/graph.ts";
import { nodeAt } from "./object-at.ts";
import type { Run } from "./run.ts";

/** Where a value flows, and what is called there. */
export type Place = Pick<FlowEdge, "site" | "callee">;

/** Equal for the same range of the same file. */
export function placeKey({ site }: Place): string {
  return `${site.file} ${site.start} ${site.end}`;
}

/** A parameter is met where the function is called, a result where the call stands. */
export function siteOf(run: Run, { site, callee }: Place, end: "from" | "to"): string {
  if (end === "to" && callee !== undefined) return `call ${callee.end} ${callee.file}`;
  const file = run.files.get(site.file);
  const node = file === undefined ? undefined : nodeAt(file, site.start, site.end);
  const call = node === undefined ? undefined : (callIn(node) ?? callAround(node));
  return call === undefined ? `use ${site.start} ${site.file}` : `call ${call.expression.end} ${site.file}`;
}

function callIn(node: ts.Node): ts.CallExpression | undefined {
  if (ts.isCallExpression(node)) return node;
  if (ts.isVariableDeclaration(node)) return node.initializer && callIn(node.initializer);
  const isWrapper =
    ts.isAwaitExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isElementAccessExpression(node);
  return isWrapper ? callIn(node.expression) : undefined;
}

// The call that a literal is an argument of, or is made for one.
function callAround(node: ts.Node): ts.CallExpression | undefined {
  const { parent } = node;
  if (ts.isCallExpression(parent)) return parent.expression === node ? undefined : parent;
  const isMade =
    ts.isObjectLiteralExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isConditionalExpression(parent);
  return isMade ? callAround(parent) : undefined;
}

/** The innermost node around a range of a file. */
export function innermost(file: ts.SourceFile | undefined, start: number, end: number): ts.Node | undefined {
  let found: ts.Node | undefined = file;
  const visit = (node: ts.Node): void => {
    if (node.pos > start || node.end < end) return;
    found = node;
    ts.forEachChild(node, visit);
  };
  if (file !== undefined) visit(file);
  return found;
}

import { ts } from "ts-morph";
import { type FlowEdge, siteKey } from "../../../graph/graph.ts";
import type { Planner } from "../planner.ts";
import { outermost } from "./cast-text.ts";

/**
 * The widest of `a ?? b`, `a || b` and `a ? b : c` around a value of which all branches are asserted alike, so that one
 * assertion serves them all; else the value itself.
 */
export function allBranches(planner: Planner, edge: FlowEdge, value: ts.Expression): ts.Expression {
  if (edge.nested || edge.member !== undefined) return value;
  const sites = assertedSites(planner, edge);
  const isAsserted = (branch: ts.Expression) => sites.has(siteKey(planner.collected.positions.siteOf(branch)));
  const isAlike = (branch: ts.Expression) => isAsserted(branch) || isMissing(planner.checker.getTypeAtLocation(branch));
  const around = choicesAround(value).filter((choice) => {
    const branches = branchesOf(choice);
    return branches.every(isAlike) && branches.filter(isAsserted).length > 1;
  });
  return outermost(around.at(-1) ?? value);
}

const known = new WeakMap<readonly FlowEdge[], ReadonlySet<string>>();

// All values that are asserted as this one is.
function assertedSites({ solution: { mints, exits } }: Planner, edge: FlowEdge): ReadonlySet<string> {
  const alike = [mints, exits].find((edges) => edges.includes(edge)) ?? [];
  const found = known.get(alike) ?? new Set(alike.filter(isWhole).map(({ site }) => siteKey(site)));
  known.set(alike, found);
  return found;
}

function isWhole({ nested, member, construct }: FlowEdge): boolean {
  return !nested && member === undefined && construct !== "cast";
}

function isMissing({ flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined | ts.TypeFlags.Never)) !== 0;
}

/** The choices that a value is a branch of, from the inside out. */
export function choicesAround(value: ts.Expression): readonly ts.Expression[] {
  const around: ts.Expression[] = [];
  for (let current = value; isBranch(current, current.parent); current = current.parent) around.push(current.parent);
  return around;
}

function isBranch(value: ts.Expression, parent: ts.Node): parent is ts.Expression {
  if (ts.isConditionalExpression(parent)) return parent.condition !== value;
  return ts.isParenthesizedExpression(parent) || isEither(parent);
}

/** Is it `a ?? b` or `a || b`? */
export function isEither(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken;
}

function branchesOf(choice: ts.Expression): readonly ts.Expression[] {
  if (ts.isConditionalExpression(choice)) return [...branchesOf(choice.whenTrue), ...branchesOf(choice.whenFalse)];
  if (isEither(choice)) return [...branchesOf(choice.left), ...branchesOf(choice.right)];
  const isThrough =
    ts.isParenthesizedExpression(choice) || ts.isNonNullExpression(choice) || ts.isSatisfiesExpression(choice);
  return isThrough ? branchesOf(choice.expression) : [choice];
}

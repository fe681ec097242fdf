import { ts } from "ts-morph";
import type { FlowEdge } from "../../../graph/graph.ts";
import { namesIn } from "../../syntax/names.ts";
import { isTarget } from "../../syntax/pattern.ts";
import { valuesOf } from "../../syntax/values.ts";
import type { Planner } from "../planner.ts";
import { kindAfter } from "./kinds.ts";

/**
 * Will the compiler take a value for either kind where it stands? What is called by a name may be narrowed to one of them
 * there: then it is not said.
 *
 * Shortcomings: any assignment to such a name, or test of it, counts, wherever it stands in the same function.
 */
export function isOfEitherKind(planner: Planner, { from }: FlowEdge, value: ts.Expression): boolean {
  const { solution, collected, checker } = planner;
  const position = collected.positions.entries.get(from)?.position;
  const isMixed = position?.annotation === "inferred" && solution.labels.get(from) === "mixed";
  if (!isMixed && kindAfter(planner, from) !== "either") return false;
  return valuesOf(value).every((each) => {
    const name = nameOf(each);
    return name === undefined ? !ts.isElementAccessExpression(each) : !isNarrowed(name, checker);
  });
}

function nameOf(value: ts.Expression): ts.Identifier | ts.PrivateIdentifier | undefined {
  if (ts.isIdentifier(value)) return value;
  return ts.isPropertyAccessExpression(value) ? value.name : undefined;
}

function isNarrowed(name: ts.Identifier | ts.PrivateIdentifier, checker: ts.TypeChecker): boolean {
  const scope = outermostFunction(name);
  const uses = namesIn(name.getSourceFile(), name.text);
  return uses.some((use) => scope.pos <= use.pos && use.end <= scope.end && isNarrowing(accessOf(use), checker));
}

function outermostFunction(node: ts.Node): ts.Node {
  const around = ts.findAncestor(node.parent, ts.isFunctionLike);
  if (around !== undefined) return outermostFunction(around);
  return ts.isFunctionLike(node) ? node : node.getSourceFile();
}

function accessOf(name: ts.Node): ts.Node {
  const { parent } = name;
  const isSame = ts.isPropertyAccessExpression(parent) && parent.name === name;
  return isSame || ts.isNonNullExpression(parent) || ts.isParenthesizedExpression(parent) ? accessOf(parent) : name;
}

// What says which kind it is from here on: a test, or what is put there.
function isNarrowing(use: ts.Node, checker: ts.TypeChecker): boolean {
  const { parent } = use;
  if (ts.isBinaryExpression(parent)) return isDeciding(parent, use);
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) {
    return parent.name === use && parent.type !== undefined && parent.initializer !== undefined;
  }
  if (ts.isCallExpression(parent)) {
    const signature = checker.getResolvedSignature(parent);
    return signature !== undefined && checker.getTypePredicateOfSignature(signature) !== undefined;
  }
  const isTest = ts.isTypeOfExpression(parent) || ts.isSwitchStatement(parent) || ts.isCaseClause(parent);
  return isTest || ts.isPostfixUnaryExpression(parent) || isTarget(use);
}

function isDeciding({ left, operatorToken: { kind } }: ts.BinaryExpression, use: ts.Node): boolean {
  if (kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment) return left === use;
  return tests.has(kind);
}

const tests: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.InKeyword,
  ts.SyntaxKind.InstanceOfKeyword,
]);

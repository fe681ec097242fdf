import { ts } from "ts-morph";
import type { FlowEdge } from "../../../graph/graph.ts";
import type { Planner } from "../planner.ts";

/** Why a plain value enters the branded set. */
export type MintReason = "creation" | "literal" | "mixed-in" | "keys" | "lookup" | "outside";

/** What each reason means. */
export const mintReasonText = {
  creation: "creation or parse",
  literal: "literal or sentinel",
  "mixed-in": "another kind of value mixed in",
  keys: "keys of an object",
  lookup: "looked up among branded values",
  outside: "external declaration or JSON",
} as const satisfies Record<MintReason, string>;

/** Why the value of a flow has to be minted, judged by what it is, and else by where it comes from. */
export function mintReason(planner: Planner, edge: FlowEdge, value: ts.Expression): MintReason {
  const known = reasonOfValue(planner, value, 0);
  if (known !== undefined) return known;
  if (edge.channel === "lookup") return "lookup";
  const { producers } = planner.collected.question;
  const from = planner.collected.graph.positions.get(edge.from);
  const isMade = producers.includes(edge.to) || from?.kind === "creation";
  return isMade ? "creation" : "mixed-in";
}

const mostSteps = 5;

function reasonOfValue(planner: Planner, value: ts.Expression, steps: number): MintReason | undefined {
  const bare = withoutWrapping(value);
  if (isLiteral(bare)) return "literal";
  const { flags } = planner.checker.getTypeAtLocation(bare);
  if ((flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) return "outside";
  if (ts.isCallExpression(bare)) return reasonOfCall(planner, bare);
  const declaration = ts.isIdentifier(bare) ? planner.checker.getSymbolAtLocation(bare)?.valueDeclaration : undefined;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  if (ts.isForInStatement(declaration.parent.parent)) return "keys";
  const origin = ts.isForOfStatement(declaration.parent.parent)
    ? declaration.parent.parent.expression
    : declaration.initializer;
  return origin === undefined || steps === mostSteps ? undefined : reasonOfValue(planner, origin, steps + 1);
}

function withoutWrapping(value: ts.Expression): ts.Expression {
  const isWrapping =
    ts.isParenthesizedExpression(value) ||
    ts.isAsExpression(value) ||
    ts.isSatisfiesExpression(value) ||
    ts.isNonNullExpression(value) ||
    ts.isAwaitExpression(value);
  return isWrapping ? withoutWrapping(value.expression) : value;
}

function isLiteral(value: ts.Expression): boolean {
  if (ts.isPrefixUnaryExpression(value)) return isLiteral(value.operand);
  return (
    ts.isStringLiteralLike(value) ||
    ts.isNumericLiteral(value) ||
    ts.isBigIntLiteral(value) ||
    value.kind === ts.SyntaxKind.TrueKeyword ||
    value.kind === ts.SyntaxKind.FalseKeyword
  );
}

// What the language's own library makes is made here; a package hands over what it has.
function isOfPackage(path: string): boolean {
  return path.includes("/node_modules/") && !/\/node_modules\/(?:typescript\/lib|@types\/node)\//.test(path);
}

const keyMethods = new Set(["Object.keys", "Object.entries", "Object.getOwnPropertyNames", "Reflect.ownKeys"]);

function reasonOfCall(planner: Planner, call: ts.CallExpression): MintReason | undefined {
  if (keyMethods.has(call.expression.getText())) return "keys";
  if (call.expression.getText() === "JSON.parse") return "outside";
  const declared = planner.checker.getResolvedSignature(call)?.getDeclaration()?.getSourceFile();
  return declared !== undefined && isOfPackage(declared.fileName) ? "outside" : undefined;
}

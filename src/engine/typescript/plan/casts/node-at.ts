import { ts } from "ts-morph";
import type { Site } from "../../../graph/graph.ts";
import { outermost } from "./cast-text.ts";

/** The value that stands there, with all that only says more of it. */
export function expressionAt(file: ts.SourceFile, site: Site): ts.Expression | undefined {
  const found = nodeAt(file, site, (node) => (ts.isExpression(node) && !isDeclaredName(node) ? node : undefined));
  return found === undefined ? undefined : outermost(found);
}

// The name of a parameter or variable is where a value arrives, and no value itself.
function isDeclaredName(node: ts.Node): boolean {
  const { parent } = node;
  const isDeclaration = ts.isParameter(parent) || ts.isVariableDeclaration(parent) || ts.isBindingElement(parent);
  return isDeclaration && parent.initializer !== node;
}

/** The outermost of what stands there that is asked for. */
export function nodeAt<Found>(
  file: ts.SourceFile,
  site: Site,
  asked: (node: ts.Node) => Found | undefined,
): Found | undefined {
  let found: Found | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > site.start || node.end < site.end) return;
    const isThere = node.getStart(file) === site.start && node.end === site.end;
    if (isThere) found ??= asked(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

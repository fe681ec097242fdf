import { ts } from "ts-morph";
import type { Edit } from "../../edit.ts";
import { calleeOf, type FlowEdge } from "../../graph/graph.ts";
import type { Planner } from "./planner.ts";
import { releaseOf } from "./releases.ts";

/**
 * A release of what may be of either kind, as one that asks at run time: `(isPinned(page) ? put_user_page : put_page)(page)`.
 * Undefined where the argument would have to be worked out twice, or the release is no plain call.
 */
export function dispatchEdit(planner: Planner, edge: FlowEdge): Edit | undefined {
  const { flag } = planner.collected;
  const site = calleeOf(edge);
  const call = callAt(planner.sourceOf.get(site.file), site.start);
  const [argument] = call?.arguments ?? [];
  const { branded, isMember } = releaseOf(planner, edge.to);
  if (flag === undefined || call === undefined || isMember || argument === undefined || !isRepeatable(argument)) {
    return undefined;
  }
  return {
    file: site.file,
    start: site.start,
    end: site.end,
    text: `(${flag.name}(${argument.getText()}) ? ${branded} : ${call.expression.getText()})`,
    position: edge.from,
    kind: "conversion",
    class: "flow",
    reason: `may be of either kind: ${edge.from}`,
    enforced: false,
    test: false,
  };
}

function callAt(file: ts.SourceFile | undefined, start: number): ts.CallExpression | undefined {
  if (file === undefined) return undefined;
  const visit = (node: ts.Node): ts.CallExpression | undefined => {
    if (node.pos > start || node.end <= start) return undefined;
    const isThere = ts.isCallExpression(node) && node.expression.getStart(file) === start;
    return isThere && ts.isIdentifier(node.expression) ? node : ts.forEachChild(node, visit);
  };
  return visit(file);
}

// A name, or a way of properties from one.
function isRepeatable(node: ts.Expression): boolean {
  return ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && isRepeatable(node.expression));
}

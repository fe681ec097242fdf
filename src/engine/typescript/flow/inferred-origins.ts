import { ts } from "ts-morph";
import type { PositionId } from "../../graph/graph.ts";
import { originValues } from "../syntax/origins.ts";
import { type Leaf, type Mention, mentions } from "../tagging/leaves.ts";
import { isTag } from "../tagging/tag.ts";
import { carrierOf } from "./carrier.ts";
import { elementsBehind } from "./elements-behind.ts";
import type { FlowContext } from "./flow-context.ts";

/** Where a part of an inferred type comes from: the position, the node that brings it, and the part's path in that. */
export interface Origin {
  readonly from: PositionId;
  readonly node: ts.Node;
  readonly path: string;
  /** Is the position all that a declaration holds, and not what is inside a container? */
  readonly isWhole: boolean;
}

/** Where a mention in the inferred type of a declaration comes from. */
export function origins(context: FlowContext, declaration: ts.Node, { leaf, path }: Mention): readonly Origin[] {
  const found: Origin[] = [];
  for (const part of originValues(declaration).flatMap((value) => elementsBehind(value, path, context.test.checker))) {
    const carrier = carrierOf(part.value, leaf, context.test);
    if (carrier !== undefined && carrier.declaration !== declaration) {
      const from = context.positions.inferred(carrier.declaration, carrier.mention.path);
      found.push({ from, node: part.value, path: part.path, isWhole: carrier.mention.path === "" });
    } else if (isWrittenBehind(context, part.value, { leaf, path: part.path })) {
      found.push(...writtenOrigins(context, leaf, part.value, part.path));
    }
  }
  return found.length > 0 ? found : writtenOrigins(context, leaf, declaration, path);
}

function writtenOrigins(context: FlowContext, leaf: Leaf, node: ts.Node, path: string): readonly Origin[] {
  return leaf.tags.map((tag) => {
    const isWhole = isWholeAnnotation(context.occurrences.tagged(tag));
    return { from: context.positions.written(tag), node, path, isWhole };
  });
}

// An alias may stand anywhere.
function isWholeAnnotation(occurrence: ts.Node | undefined): boolean {
  const isInside = (node: ts.Node) => ts.isUnionTypeNode(node) || ts.isParenthesizedTypeNode(node) || isTag(node);
  const outer = ts.findAncestor(occurrence?.parent, (node) => !isInside(node));
  if (outer === undefined) return false;
  return (
    ts.isPropertySignature(outer) ||
    ts.isPropertyDeclaration(outer) ||
    ts.isParameter(outer) ||
    ts.isVariableDeclaration(outer)
  );
}

// Does the mention come from this very expression, and at the same place of its type?
function isWrittenBehind(context: FlowContext, value: ts.Expression, mention: Mention): boolean {
  const all = mentions(context.test.checker.getTypeAtLocation(value), context.test);
  return all.some(
    ({ path, leaf }) => path === mention.path && leaf.tags.some((tag) => mention.leaf.tags.includes(tag)),
  );
}

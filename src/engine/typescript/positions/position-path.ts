import { ts } from "ts-morph";
import type { PositionKind } from "../../graph/graph.ts";
import type { NamedDeclaration } from "../reading/uses.ts";
import { isTag } from "../tagging/tag.ts";
import { isTypeComment, type Segment } from "./comment-path.ts";
import { declarationSegment } from "./declaration-segment.ts";
import { segmentOf } from "./segment.ts";

/** Where a node stands: the declaration that owns it, and the way from there to the node, as text. */
export interface PositionPath {
  /** `Bio#bi_io_vec.[]`, `bio_add_page().(page)`. */
  readonly text: string;
  /** The enclosing function or type, undefined at the top of a file. */
  readonly owner: string | undefined;
  readonly kind: PositionKind;
  /** The declarations it belongs to, from the outermost: what the rest of the project reaches it by. A class is not
   * among them unless by its constructor: its values are met through their members. Nor is a function whose body it is
   * in. */
  readonly names: readonly NamedDeclaration[];
}

/** The path of a type node or of a declaration that has no annotation; `suffix` leads further into its type. */
export function positionPath(node: ts.Node, suffix = ""): PositionPath {
  const segments: Segment[] = suffix === "" ? [] : [{ text: suffix, kind: kindOfSuffix(suffix) }];
  for (let child = node; !ts.isSourceFile(child) && !isTypeComment(child); child = child.parent) {
    if (child === node) segments.unshift(...presentOnly(declarationSegment(child)));
    if (!isTag(child.parent)) segments.unshift(...presentOnly(segmentOf(child, child.parent)));
  }
  return join(segments);
}

function join(segments: readonly Segment[]): PositionPath {
  const lastOwner = segments.findLastIndex((segment) => segment.owns === true);
  const owner = segments.slice(0, lastOwner + 1);
  return {
    text: textOf(segments),
    owner: lastOwner === -1 ? undefined : textOf(owner),
    kind: segments.findLast((segment) => segment.kind !== undefined)?.kind ?? "variable",
    names: segments.flatMap((segment) => segment.named ?? []),
  };
}

function textOf(segments: readonly Segment[]): string {
  return segments
    .map((segment) => segment.text)
    .join("")
    .replace(/^[/#.]/, "")
    .replaceAll(/\s+/g, " ");
}

function kindOfSuffix(suffix: string): PositionKind {
  if (suffix.endsWith("[]")) return "element";
  return suffix.endsWith("]") ? "tuple-slot" : "type-argument";
}

function presentOnly(segment: Segment | undefined): readonly Segment[] {
  return segment === undefined ? [] : [segment];
}

import type { Annotation, PositionId, PositionKind } from "../engine/graph.ts";
import type { Report, ReportedPosition } from "../engine/report.ts";
import type { Label } from "../engine/solve.ts";
import type { Block } from "./block.ts";
import { counted } from "./counted.ts";
import { chainTo } from "./hops.ts";

/** Why one position has to change: the shortest chain from a source, hop by hop. */
export interface Explanation {
  readonly position: PositionId;
  readonly kind: PositionKind;
  readonly annotation: Annotation;
  readonly label: Label;
  readonly hops: readonly Hop[];
}

/** One hop: the position it reaches, the construct that brought the brand, and the line of text where that happens. */
export interface Hop {
  readonly depth: number;
  readonly position: PositionId;
  readonly construct: string;
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** @param lineAt the text of a line, counted from 1; empty when it cannot be read */
export function explanationOf(
  report: Report,
  position: ReportedPosition,
  lineAt: (file: string, line: number) => string,
): Explanation {
  const { id, kind, annotation, label } = position;
  return { position: id, kind, annotation, label, hops: chainTo(report, id).map((hop) => hopOf(hop, lineAt)) };
}

/** The explanation before any format. */
export function explanationBlocks({ position, kind, annotation, label, hops }: Explanation): readonly Block[] {
  const hopCount = hops.length - 1;
  const distance = hopCount === 0 ? "a source itself" : `${counted(hopCount, "hop")} from its source`;
  return [
    { kind: "heading", text: position },
    { kind: "paragraph", text: `${kind}, ${annotation}, ${labelText[label]}, ${distance}` },
    ...hops.flatMap((hop): readonly Block[] => [
      { kind: "paragraph", text: `${hop.depth}. ${hop.position}` },
      { kind: "quote", text: `${hop.construct}, ${hop.file}:${hop.line}\n${hop.text}` },
    ]),
  ];
}

const labelText = {
  base: "plain",
  brand: "branded",
  mixed: "mixed: also receives plain values",
} as const satisfies Record<Label, string>;

function hopOf(position: ReportedPosition, lineAt: (file: string, line: number) => string): Hop {
  const { file, line } = position.because ?? position;
  const construct = position.because?.construct ?? "source";
  return { depth: position.depth, position: position.id, construct, file, line, text: lineAt(file, line).trim() };
}

import type { Report, ReportedPosition } from "../engine/answer/report.ts";
import type { Annotation, PositionId, PositionKind, TypePosition } from "../engine/graph/graph.ts";
import type { Label } from "../engine/solver/solve.ts";
import type { Block } from "./block.ts";
import { counted } from "./counted.ts";
import { chainTo } from "./hops.ts";

/** What is to be explained: a position, and what else there is to say of the place that was asked about. */
export interface Subject {
  readonly position: Pick<TypePosition, "id" | "kind" | "annotation">;
  readonly notes: readonly string[];
}

/** Why one position has to change: the shortest chain from a source, hop by hop; none when it is not reached. */
export interface Explanation {
  readonly position: PositionId;
  readonly kind: PositionKind;
  readonly annotation: Annotation;
  readonly label: Label;
  readonly notes: readonly string[];
  readonly hops: readonly Hop[];
}

/** One hop: the position it reaches, the construct that brought the brand, and the line of text where that happens. */
export interface Hop {
  readonly depth: number;
  readonly position: PositionId;
  readonly construct: string;
  /** Against the flow: both ends name one storage, and the brand is put into it through the other. */
  readonly reversed: boolean;
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** @param lineAt the text of a line, counted from 1; empty when it cannot be read */
export function explanationOf(
  report: Report,
  { position, notes }: Subject,
  lineAt: (file: string, line: number) => string,
): Explanation {
  const { id, kind, annotation } = position;
  const chain = chainTo(report, id);
  const label = chain.at(-1)?.label ?? "base";
  return { position: id, kind, annotation, label, notes, hops: chain.map((hop) => hopOf(hop, lineAt)) };
}

/** The explanation before any format. */
export function explanationBlocks({ position, kind, annotation, label, notes, hops }: Explanation): readonly Block[] {
  const facts = [kind, annotation, labelText[label], ...distanceOf(hops)];
  return [
    { kind: "heading", text: position },
    { kind: "paragraph", text: facts.join(", ") },
    ...notes.map((text): Block => ({ kind: "paragraph", text })),
    ...hops.flatMap((hop): readonly Block[] => [
      { kind: "paragraph", text: `${hop.depth}. ${hop.position}` },
      { kind: "quote", text: quoteOf(hop) },
    ]),
  ];
}

const labelText = {
  base: "plain",
  brand: "branded",
  mixed: "mixed: also receives plain values",
} as const satisfies Record<Label, string>;

function distanceOf(hops: readonly Hop[]): readonly string[] {
  if (hops.length === 0) return [];
  return [hops.length === 1 ? "a source itself" : `${counted(hops.length - 1, "hop")} from its source`];
}

// A line that cannot be read takes only its quotation with it.
function quoteOf({ construct, reversed, file, line, text }: Hop): string {
  const by = reversed ? `${construct}, into the same storage` : construct;
  return text === "" ? `${by}, ${file}:${line}` : `${by}, ${file}:${line}\n${text}`;
}

function hopOf(position: ReportedPosition, lineAt: (file: string, line: number) => string): Hop {
  const { file, line } = position.because ?? position;
  const { construct = "source", reversed = false } = position.because ?? {};
  return {
    depth: position.depth,
    position: position.id,
    construct,
    reversed,
    file,
    line,
    text: lineAt(file, line).trim(),
  };
}

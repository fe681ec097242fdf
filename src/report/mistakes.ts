import { type MistakeKind, mistakeKinds, mistakeText } from "../engine/mistakes/mistake.ts";
import type { MistakeColumn, MistakeMatrix } from "../engine/mistakes/mistake-matrix.ts";
import type { Block } from "./block.ts";
import { counted } from "./counted.ts";
import { groupBy } from "./group-by.ts";
import { markdownOf } from "./markdown.ts";
import { type TextLook, textOf } from "./text.ts";

/** The mistakes and who stops them, for people, in lines of at most 80 columns. */
export function mistakesText(matrix: MistakeMatrix, look: TextLook): string {
  return textOf(outline(matrix), look);
}

/** The same as Markdown. */
export function mistakesMarkdown(matrix: MistakeMatrix): string {
  return markdownOf(outline(matrix));
}

function outline({ migration, project, places, columns, refused }: MistakeMatrix): readonly Block[] {
  const pairs = migration.releases.map(({ plain, branded }) => `${plain} = ${branded}`);
  const kinds = mistakeKinds.filter((kind) => columns.some((column) => ofKind(column, kind).length > 0));
  return [
    { kind: "heading", text: `mistakes with releases: ${pairs.join(", ")}` },
    { kind: "paragraph", text: `project ${project}; releases are called at ${counted(places.length, "place")}` },
    {
      kind: "table",
      columns: [
        { title: "mistake", holds: "word" },
        ...columns.map(({ strategy }) => ({ title: strategy, holds: "number" }) as const),
      ],
      rows: [
        ...kinds.map((kind) => [kind, ...columns.map((column) => share(ofKind(column, kind)))]),
        ["all", ...columns.map(({ mutants }) => share(mutants))],
      ],
    },
    { kind: "paragraph", text: "stopped by the compiler / made, each alone" },
    { kind: "heading", text: "what the compiler says" },
    ...columns.map((column): Block => ({ kind: "paragraph", text: `${column.strategy}: ${complaintsOf(column)}` })),
    { kind: "heading", text: "the mistakes" },
    ...kinds.map((kind): Block => ({ kind: "paragraph", text: `${kind}: ${mistakeText[kind]}` })),
    ...refused.map(({ strategy, why }): Block => ({ kind: "paragraph", text: `not with ${strategy}: ${why}` })),
  ];
}

function ofKind({ mutants }: MistakeColumn, kind: MistakeKind): MistakeColumn["mutants"] {
  return mutants.filter((mutant) => mutant.kind === kind);
}

function share(mutants: MistakeColumn["mutants"]): string {
  if (mutants.length === 0) return "-";
  return `${mutants.filter(({ stopped }) => stopped !== null).length}/${mutants.length}`;
}

function complaintsOf({ mutants }: MistakeColumn): string {
  const codes = mutants.flatMap(({ stopped }) => (stopped === null ? [] : [`TS${stopped.code}`]));
  if (codes.length === 0) return "nothing";
  return [...groupBy(codes, (code) => code)].map(([code, same]) => `${code} ${same.length}`).join(", ");
}

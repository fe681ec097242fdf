import type { Report, ReportedPart, ReportedStop } from "../../engine/answer/report.ts";
import { shortName } from "../../report/hops.ts";
import { mainReport } from "./answers.ts";
import { table } from "./table.ts";

type Alone = NonNullable<ReportedPart["alone"]>;

const columns: readonly (readonly [title: string, cellOf: (alone: Alone, part: ReportedPart) => string | number])[] = [
  ["#hops", ({ churn }) => churn.maxDepth],
  ["#types", ({ churn }) => churn.edits],
  ["#of its own", (_, { own }) => own.edits],
  ["#casts", ({ churn }) => churn.casts],
  ["#under C's rules", ({ churn }) => churn.underCRules],
  ["#releases told apart", toldApart],
  ["#mixed", ({ mixed }) => mixed],
  ["#erased", ({ erased, recovered }) => erased + recovered],
  ["#functions", ({ churn }) => churn.functions],
  ["#files", ({ churn }) => churn.files],
  ["compiles", ({ verdict }) => (verdict?.newDiagnostics.length === 0 ? "yes" : "no")],
];

/** The parts of the model, each asked alone, with links to where docs/model.md describes them. */
export function partsTable({ parts }: Report): string {
  return table(
    ["path", ...titles()],
    parts.map((part) => [`[${part.name}](model.md#${part.name})`, ...cellsOf(part)]),
  );
}

/** One part: its row, and its ways from the source. */
export function pathBlock(name: string): string {
  const part = mainReport().parts.find((each) => each.name === name);
  if (part === undefined) throw new Error(`the model has no part ${name}`);
  const ways = (part.alone?.ways ?? []).map((way) => `\`\`\`text\n${drawn(way)}\n\`\`\``);
  return [table(titles(), [cellsOf(part)]), ...ways].join("\n\n");
}

function titles(): readonly string[] {
  return columns.map(([title]) => title);
}

function cellsOf(part: ReportedPart): readonly (string | number)[] {
  const { alone } = part;
  return columns.map(([, cellOf]) => (alone === null ? "–" : cellOf(alone, part)));
}

function toldApart({ churn, mixedReleases }: Alone): string {
  return `${churn.conversions} of ${churn.conversions + mixedReleases}`;
}

const widest = 100;

// One position after the other, as many in a line as fit.
function drawn(way: readonly ReportedStop[]): string {
  const lines = [""];
  for (const [hop, stop] of way.entries()) {
    const words = `${hop === 0 ? "" : "-> "}${named(stop)}`;
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + 1 + words.length > widest) lines.push(`    ${words}`);
    else lines[lines.length - 1] = line === "" ? words : `${line} ${words}`;
  }
  return lines.join("\n");
}

const marked = {
  released: "converted",
  undecided: "cannot tell",
  erased: "erased",
} as const satisfies Record<ReportedStop["marks"][number], string>;

function named({ position, file, label, marks }: ReportedStop): string {
  const notes = [...(label === "mixed" ? ["mixed"] : []), ...marks.map((mark) => marked[mark])];
  return `${shortName({ id: position, file })}${notes.length === 0 ? "" : ` [${notes.join(", ")}]`}`;
}

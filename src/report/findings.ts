import { obstacleText } from "../engine/answer/obstacle.ts";
import type { Obstacle, Report, Verdict } from "../engine/answer/report.ts";
import type { Block, Table } from "./block.ts";
import { commonFolder } from "./common-folder.ts";
import { counted } from "./counted.ts";
import { groupBy } from "./group-by.ts";
import { shortName } from "./hops.ts";
import { shownFirst } from "./shown-first.ts";

/** Where the brand stops or weakens, one table a kind, the fewest hops from the source first. */
export function obstacleBlocks(report: Report): readonly Block[] {
  const groups = [...groupBy(report.obstacles, (obstacle) => obstacle.kind)];
  if (groups.length === 0) return [];
  const folder = commonFolder(report.obstacles.map(({ file }) => file));
  return [
    heading(`${counted(report.obstacles.length, "obstacle")}${folder === "" ? "" : ` in ${folder}`}`),
    ...groups.flatMap(([kind, obstacles]): readonly Block[] => {
      const { shown, rest } = shownFirst(obstacles, 3);
      return [
        { kind: "paragraph", text: `${kind} (${obstacles.length}): ${obstacleText[kind]}` },
        ...causes(obstacles),
        obstacleTable(shown, folder),
        ...rest,
      ];
    }),
  ];
}

/** Flows that only the compiler found, by the construct that the front end knows too little of. */
export function learnedBlocks(report: Report): readonly Block[] {
  if (report.learned.length === 0) return [];
  return [
    heading(`${counted(report.learned.length, "flow")} learned from the compiler's complaints`),
    ...byMost(groupBy(report.learned, ({ construct }) => construct)).flatMap(([construct, learned]) => {
      const { shown, rest } = shownFirst(learned, 3);
      const named: Block = { kind: "paragraph", text: `${construct} (${learned.length})` };
      return [named, places(shown.map(({ file, line }) => [`${file}:${line}`])), ...rest];
    }),
  ];
}

/** What else could have been branded for the same price; the cast that stands now would go further back. */
export function alternativeBlocks({ alternatives, positions }: Report): readonly Block[] {
  if (alternatives.length === 0) return [];
  const { shown, rest } = shownFirst(alternatives, 5);
  const text = "branded instead of cast where a plain value enters, these cost the same:";
  const owner = (id: string) => positions.find((position) => position.id === id)?.file ?? id.split(" ")[0] ?? "";
  return [
    heading(`${counted(alternatives.length, "position")} at the same price`),
    { kind: "paragraph", text },
    {
      kind: "table",
      columns: [
        { title: "position", holds: "name" },
        { title: "in", holds: "place" },
      ],
      rows: shown.map((id) => [id.slice(id.indexOf(" ") + 1), owner(id)]),
    },
    ...rest,
  ];
}

/** What the compiler said, in words; "not asked" is never shown as fine. */
export function verdictBlocks({ verdict, compiler: known }: Report): readonly Block[] {
  if (verdict === null) {
    const why = known === null ? "no compiler reads a graph" : "the compiler was not asked (--no-verify)";
    return [heading("verdict"), { kind: "paragraph", text: why }];
  }
  const { compiler, before, after, newDiagnostics } = verdict;
  const { shown, rest } = shownFirst(newDiagnostics, 10);
  const answer = newDiagnostics.length === 0 ? "accepts the edits" : `rejects the edits, ${newDiagnostics.length} new`;
  return [
    heading("verdict"),
    { kind: "paragraph", text: `${compiler} ${answer}: complaints before ${before}, after ${after}` },
    ...shown.flatMap((diagnostic): readonly Block[] => [
      { kind: "paragraph", text: `${diagnostic.file}:${diagnostic.line} error TS${diagnostic.code}` },
      { kind: "quote", text: diagnostic.message },
    ]),
    ...rest,
    ...necessityBlocks(verdict),
  ];
}

function necessityBlocks({ necessity }: Verdict): readonly Block[] {
  if (necessity === null) return [];
  const { checked, unnoticed } = necessity;
  const noticed = `each edit undone alone: the compiler complains about ${checked - unnoticed.length} of ${checked}`;
  if (unnoticed.length === 0) return [{ kind: "paragraph", text: noticed }];
  const { shown, rest } = shownFirst(unnoticed, 5);
  return [
    { kind: "paragraph", text: `${noticed}, not about` },
    { kind: "table", columns: [{ title: "", holds: "name" }], rows: shown.map((position) => [position]) },
    ...rest,
  ];
}

// What brings them about, where that is not the same for all.
function causes(obstacles: readonly Obstacle[]): readonly Block[] {
  const groups = byMost(groupBy(obstacles, ({ construct }) => construct));
  if (groups.length < 2) return [];
  return [{ kind: "paragraph", text: groups.map(([construct, { length }]) => `${construct} ${length}`).join(", ") }];
}

function obstacleTable(obstacles: readonly Obstacle[], folder: string): Table {
  return {
    kind: "table",
    columns: [
      { title: "", holds: "word" },
      { title: "", holds: "word" },
      { title: "", holds: "name" },
      { title: "", holds: "place" },
    ],
    rows: obstacles.map(({ depth, construct, position, file, line }) => [
      `hop ${depth}`,
      construct,
      shortName({ id: position, file }),
      `${file.slice(folder.length)}:${line}`,
    ]),
  };
}

function byMost<Item>(groups: ReadonlyMap<string, readonly Item[]>): readonly (readonly [string, readonly Item[]])[] {
  return [...groups].sort((a, b) => b[1].length - a[1].length);
}

function places(rows: Table["rows"]): Table {
  return { kind: "table", columns: [{ title: "", holds: "name" }], rows };
}

function heading(text: string): Block {
  return { kind: "heading", text };
}

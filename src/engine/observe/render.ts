import type { FlowGraph, PositionId, TypePosition } from "../graph.ts";
import type { Comparison } from "./compare.ts";
import type { Reviewed } from "./unobserved.ts";

/** Entries for the reviewed table, one for each file; the reasons are for whoever has looked. */
export function entriesToPaste(positions: readonly PositionId[]): string {
  return [...groupBy(positions, (position) => position.split(" ")[0] ?? "")]
    .map(([, group]) => {
      const lines = group.map((position) => `      ${JSON.stringify(position)},\n`);
      return `  {\n    cause: "no-scenario",\n    why: "",\n    positions: [\n${lines.join("")}    ],\n  },\n`;
    })
    .join("");
}

/** What was found and what was seen, by folder, and everything that was not seen with its reason. */
export function summary(comparison: Comparison, graph: FlowGraph, reviewed: readonly Reviewed[]): string {
  const found = [...comparison.found].flatMap((id) => graph.positions.get(id) ?? []);
  const rows = [...groupBy(found, folderOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    "| folder | found | seen with a pinned page | not seen |",
    "| --- | --: | --: | --: |",
    ...rows.map(([folder, positions]) => row(folder, positions, comparison)),
    row("all", found, comparison),
    "",
    "| never seen | why |",
    "| --- | --- |",
    ...reviewed.flatMap(({ cause, why, positions }) =>
      positions.map((position) => `| \`${position}\` | ${causeText[cause]}: ${why} |`),
    ),
  ].join("\n");
}

const causeText = {
  "no-scenario": "no scenario",
  imprecise: "imprecise",
  "never-pinned": "nothing is pinned",
} as const satisfies Record<Reviewed["cause"], string>;

function row(name: string, positions: readonly TypePosition[], { unobserved }: Comparison): string {
  const missing = positions.filter(({ id }) => unobserved.includes(id)).length;
  return `| ${name} | ${positions.length} | ${positions.length - missing} | ${missing} |`;
}

function folderOf({ site, test }: TypePosition): string {
  const folder = site.file.slice(0, Math.max(0, site.file.lastIndexOf("/")));
  return test ? `${folder} (tests)` : folder;
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

import type { FlowGraph, TypePosition } from "../graph/graph.ts";
import type { Comparison } from "./compare.ts";
import type { Part } from "./part.ts";
import type { Reviewed } from "./unobserved.ts";

/** Entries for the reviewed table, by the file that the flows begin in; the reasons are for whoever has looked. */
export function entriesToPaste(flows: readonly string[]): string {
  return [...groupBy(flows, fileOf).values()]
    .map((group) => {
      const lines = group.map((flow) => `      ${JSON.stringify(flow)},\n`);
      return `  {\n    cause: "no-scenario",\n    why: "",\n    flows: [\n${lines.join("")}    ],\n  },\n`;
    })
    .join("");
}

/** What was found and what was seen, by folder and by path, and every flow where the runs stop short, with the reason. */
export function summary(
  comparison: Comparison,
  graph: FlowGraph,
  reviewed: readonly Reviewed[],
  parts: readonly Part[],
): string {
  const found = [...comparison.found].flatMap((id) => graph.positions.get(id) ?? []);
  const rows = [...groupBy(found, folderOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  const { flows, beyond } = comparison;
  const head = (what: string) => [
    `| ${what} | found | seen with a pinned page | not seen |`,
    "| --- | --: | --: | --: |",
  ];
  return [
    ...head("positions in"),
    ...rows.map(([folder, positions]) => row(folder, positions, comparison)),
    row("all", found, comparison),
    "",
    ...head("positions in the files of a path and what they import"),
    ...parts.map(({ name, files }) =>
      row(
        name,
        found.filter(({ site }) => files.has(site.file)),
        comparison,
      ),
    ),
    "",
    "Seen with a pinned page, and reached only through `unknown`, which the engine names as an obstacle and does not look",
    "behind:",
    "",
    ...[...groupBy(beyond, fileOf)].map(([file, positions]) => `- ${file}: ${positions.map(pathOf).join(", ")}`),
    "",
    `Between the positions found are ${flows.found.size} flows; ${flows.found.size - flows.unobserved.length} were seen to be`,
    `taken. At the beginning of ${flows.untaken.length} others a pinned page was seen, and it never went there. The rest lies`,
    "behind those:",
    "",
    "| never taken | why |",
    "| --- | --- |",
    ...reviewed.flatMap(({ cause, why, flows: all }) =>
      all.map((flow) => `| \`${flow}\` | ${causeText[cause]}: ${why} |`),
    ),
  ].join("\n");
}

const causeText = {
  "no-scenario": "no scenario",
  imprecise: "imprecise",
  "nothing-pinned": "nothing is pinned there",
  "not-followed": "not followed",
} as const satisfies Record<Reviewed["cause"], string>;

function row(name: string, positions: readonly TypePosition[], { unobserved }: Comparison): string {
  const missing = positions.filter(({ id }) => unobserved.includes(id)).length;
  return `| ${name} | ${positions.length} | ${positions.length - missing} | ${missing} |`;
}

function fileOf(name: string): string {
  return name.split(" ")[0] ?? "";
}

function pathOf(name: string): string {
  return `\`${name.slice(fileOf(name).length + 1)}\``;
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

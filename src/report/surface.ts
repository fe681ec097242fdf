import type { Report, SurfaceChange } from "../engine/answer/report.ts";
import type { Block } from "./block.ts";
import { counted } from "./counted.ts";
import { shownFirst } from "./shown-first.ts";

/** Which exports of the package change, those that break their consumers first. */
export function surfaceBlocks({ surface }: Report): readonly Block[] {
  if (surface.length === 0) return [];
  const breaking = surface.filter(({ breaks }) => breaks);
  const { shown, rest } = shownFirst([...breaking, ...surface.filter(({ breaks }) => !breaks)], 8);
  const exports = new Set(surface.map(({ entry, export: name }) => `${entry} ${name}`));
  // One export can hold the brand at several positions, each a row.
  const where = surface.length === exports.size ? "" : ` at ${counted(surface.length, "position")}`;
  return [
    { kind: "heading", text: `the package's public types: ${counted(exports.size, "export")} changed${where}` },
    {
      kind: "table",
      columns: [
        { title: "export", holds: "name" },
        { title: "brand is", holds: "word" },
        { title: "consumers", holds: "word" },
        { title: "position", holds: "place" },
      ],
      rows: shown.map(cells),
    },
    ...rest,
  ];
}

function cells({ entry, export: name, change, breaks, position }: SurfaceChange): readonly string[] {
  return [entry === "." ? name : `${entry} ${name}`, words[change], breaks ? "break" : "keep", position];
}

const words = {
  produced: "produced",
  consumed: "consumed",
  both: "both",
} as const satisfies Record<SurfaceChange["change"], string>;

import type { Report, ReportedStop } from "../engine/answer/report.ts";
import { escapedXml } from "./escaped-xml.ts";
import { fitMiddle } from "./fit.ts";
import { shortName } from "./hops.ts";
import { type Lane, lanesOf } from "./lanes.ts";

const colours = { brand: "#1f5fa8", mixed: "#c8651b", base: "#777777" } as const satisfies Record<
  ReportedStop["label"],
  string
>;
const marks = {
  released: { colour: "#2a7d3f", words: "released by its own name" },
  undecided: { colour: "#b3261e", words: "a release that cannot tell" },
  erased: { colour: "#555555", words: "erased: an integer, a slot, a cast" },
} as const satisfies Record<ReportedStop["marks"][number], { readonly colour: string; readonly words: string }>;

const margin = { left: 150, right: 90, top: 96 };
const step = 84;
const laneHeight = 58;
const labelLength = 25;

/** The hops as an SVG picture: a line for each part of the project, or the one way of a project without parts. */
export function hopsSvg(report: Report): string {
  const lanes = lanesOf(report);
  const hops = Math.max(1, ...lanes.map(({ way }) => way.length - 1));
  const width = Math.max(720, margin.left + hops * step + margin.right);
  const height = margin.top + lanes.length * laneHeight;
  const title = `from the source to the release, hop by hop: ${report.migration.brand}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11" role="img">`,
    `<title>${escapedXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(20, 28, title, 'font-size="15"'),
    ...legend(),
    ...ruler(hops, height),
    ...lanes.flatMap((lane, i) => laneOf(lane, margin.top + laneHeight * (i + 0.5))),
    "</svg>",
    "",
  ].join("\n");
}

function legend(): readonly string[] {
  const y = 54;
  return [
    ...stop(28, y, "brand", []),
    text(40, y + 4, "the brand alone"),
    ...stop(148, y, "mixed", []),
    text(160, y + 4, "plain pages too"),
    ...Object.entries(marks).flatMap(([, { colour, words }], i) => [
      ...mark(268 + i * 196, y, i === 2 ? "erased" : "other", colour),
      text(284 + i * 196, y + 4, words),
    ]),
  ];
}

function ruler(hops: number, height: number): readonly string[] {
  return Array.from({ length: hops + 1 }, (_, hop) => {
    const x = margin.left + hop * step;
    const label = text(x, margin.top - 14, hop === 0 ? "hop 0" : `${hop}`, 'text-anchor="middle" fill="#777777"');
    return `<line x1="${x}" y1="${margin.top - 8}" x2="${x}" y2="${height}" stroke="#eeeeee"/>${label}`;
  });
}

function laneOf({ name, way, shared }: Lane, y: number): readonly string[] {
  const x = (hop: number) => margin.left + hop * step;
  return [
    text(margin.left - 18, y + 4, fitMiddle(name, 21), 'font-size="12" text-anchor="end"'),
    ...way.flatMap(({ label }, hop) => {
      if (hop === 0 || hop < shared) return [];
      const above = hop === shared ? y - laneHeight + 9 : y;
      return [line(x(hop - 1), above, x(hop), y, colours[label])];
    }),
    ...way.flatMap((each, hop) => {
      if (hop < shared) return [];
      const place = escapedXml(`${each.position}, ${each.file}:${each.line}`);
      return [`<g><title>${place}</title>`, ...stop(x(hop), y, each.label, each.marks), "</g>"];
    }),
    ...labelsOf(way)
      .filter(({ hop }) => hop >= shared)
      .map(({ hop, words }, i) => {
        // Where a lane parts from the one above, the line comes from there: the first label goes below.
        const isAbove = i % 2 === (shared === 0 ? 0 : 1);
        return text(x(hop), isAbove ? y - 12 : y + 21, fitMiddle(words, labelLength), 'text-anchor="middle"');
      }),
  ];
}

// One label for all hops of a function; in turn above and below the line, so that each has room for two hops.
function labelsOf(way: readonly ReportedStop[]): readonly { readonly hop: number; readonly words: string }[] {
  const owners = way.map((each) => ownerOf(shortName({ id: each.position, file: each.file })));
  return owners.flatMap((words, hop) => (words === owners[hop - 1] ? [] : [{ hop, words }]));
}

function ownerOf(name: string): string {
  const [owner = name] = name.split(/\(\)|\.\[\]/u);
  return owner.replace("#", ".");
}

function stop(x: number, y: number, label: ReportedStop["label"], at: ReportedStop["marks"]): readonly string[] {
  return [
    ...at.filter((each) => each !== "erased").flatMap((each) => mark(x, y, each, marks[each].colour)),
    `<circle cx="${x}" cy="${y}" r="5" fill="${colours[label]}"/>`,
    ...at.filter((each) => each === "erased").flatMap((each) => mark(x, y, each, marks[each].colour)),
  ];
}

function mark(x: number, y: number, kind: string, colour: string): readonly string[] {
  if (kind !== "erased")
    return [`<circle cx="${x}" cy="${y}" r="8" fill="#ffffff" stroke="${colour}" stroke-width="3"/>`];
  const d = `M${x + 4} ${y - 9}l8 18m0 -18l-8 18`;
  return [`<path d="${d}" stroke="${colour}" stroke-width="2" fill="none"/>`];
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}" stroke-width="2"/>`;
}

function text(x: number, y: number, words: string, attributes = ""): string {
  return `<text x="${x}" y="${y}" ${attributes}>${escapedXml(words)}</text>`;
}

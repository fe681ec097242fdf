import type { PlanReport, PricePoint } from "../engine/price/plan-report.ts";
import { escapedXml } from "./escaped-xml.ts";

const width = 640;
const height = 400;
const margin = { left: 64, right: 24, top: 48, bottom: 56 };

/** The price curve as an SVG picture: the hull with its corners, and the patches of the plan below it. */
export function planSvg(report: PlanReport): string {
  const { corners, plan, releases, migration } = report;
  const most = Math.max(1, ...corners.map(({ edits }) => edits), ...plan.map(({ edits }) => edits));
  const x = (edits: number) => margin.left + (edits / most) * (width - margin.left - margin.right);
  const y = (count: number) =>
    height - margin.bottom - (count / Math.max(1, releases)) * (height - margin.top - margin.bottom);
  const hull = [{ edits: 0, releases: 0 }, ...corners];
  const title = `releases protected against edits spent: ${migration.brand}`;
  const at = (point: PricePoint) => `${round(x(point.edits))},${round(y(point.releases))}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img">`,
    `<title>${escapedXml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(margin.left, 28, title, 'font-size="15"'),
    ...axis(most, releases, x, y),
    `<polyline points="${hull.map(at).join(" ")}" fill="none" stroke="#1f5fa8" stroke-width="2"/>`,
    ...plan.map((step) =>
      dot(x(step.edits), y(step.releases), 3.5, "#c8651b", `patch ${step.patch}, ${step.module}: ${words(step)}`),
    ),
    ...corners.map((corner) => dot(x(corner.edits), y(corner.releases), 5, "#1f5fa8", words(corner))),
    ...corners.map((corner) =>
      text(x(corner.edits) - 6, y(corner.releases) - 10, `${corner.releases}`, 'text-anchor="end"'),
    ),
    text(
      margin.left + 8,
      margin.top + 14,
      "blue: corners of the curve, exact; orange: patches of the plan",
      'fill="#555555"',
    ),
    "</svg>",
    "",
  ].join("\n");
}

type Scale = (value: number) => number;

function axis(most: number, releases: number, x: Scale, y: Scale): readonly string[] {
  const ticks = (end: number) => [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(end * share));
  return [
    ...ticks(most).flatMap((edits) => [
      line(x(edits), y(0), x(edits), y(releases), "#eeeeee"),
      text(x(edits), y(0) + 18, `${edits}`, 'text-anchor="middle"'),
    ]),
    ...ticks(releases).flatMap((count) => [
      line(x(0), y(count), x(most), y(count), "#eeeeee"),
      text(x(0) - 8, y(count) + 4, `${count}`, 'text-anchor="end"'),
    ]),
    line(x(0), y(0), x(most), y(0), "#333333"),
    line(x(0), y(0), x(0), y(releases), "#333333"),
    text((x(0) + x(most)) / 2, height - 14, "edits: annotations, casts, conversions", 'text-anchor="middle"'),
    `<text transform="translate(18 ${round((y(0) + y(releases)) / 2)}) rotate(-90)" text-anchor="middle">releases protected</text>`,
  ];
}

function words({ edits, releases }: PricePoint): string {
  return `${releases} releases for ${edits} edits`;
}

function dot(x: number, y: number, radius: number, colour: string, title: string): string {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${radius}" fill="${colour}"><title>${escapedXml(title)}</title></circle>`;
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${colour}"/>`;
}

function text(x: number, y: number, words: string, attributes: string): string {
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escapedXml(words)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

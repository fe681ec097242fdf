import type { Report, ReportedPosition } from "../engine/answer/report.ts";
import type { Block } from "./block.ts";
import { commonFolder } from "./common-folder.ts";
import { figures, questionBlocks, timeBlock } from "./figures.ts";
import { alternativeBlocks, learnedBlocks, obstacleBlocks, verdictBlocks } from "./findings.ts";
import { longestWay, shortName } from "./hops.ts";
import { partBlocks } from "./parts.ts";
import { surfaceBlocks } from "./surface.ts";
import { editsByKind, editsByModule } from "./tally.ts";

/** A report's content in reading order, before any format. */
export function outline(report: Report): readonly Block[] {
  return [
    ...questionBlocks(report),
    figures(report.churn),
    ...wayBlocks(report),
    ...editBlocks(report),
    ...partBlocks(report),
    ...obstacleBlocks(report),
    ...alternativeBlocks(report),
    ...surfaceBlocks(report),
    ...learnedBlocks(report),
    ...verdictBlocks(report),
    { kind: "heading", text: "time" },
    timeBlock(report),
  ];
}

function wayBlocks(report: Report): readonly Block[] {
  const { ends, chain } = longestWay(report);
  if (chain.length === 0) return [];
  const folder = commonFolder(chain.map((position) => position.file));
  const last = ends === "release" ? "the last release" : "the deepest position";
  return [
    { kind: "heading", text: `the path from the source to ${last}` },
    {
      kind: "table",
      columns: [
        { title: "hop", holds: "number" },
        { title: "by", holds: "word" },
        { title: "position", holds: "name" },
        { title: folder === "" ? "declared at" : `declared at, in ${folder}`, holds: "place" },
      ],
      rows: chain.map((position) => hopRow(position, folder)),
    },
  ];
}

function hopRow(position: ReportedPosition, folder: string): readonly string[] {
  const { depth, because, file, line } = position;
  const place = `${file.slice(folder.length)}:${line}`;
  return [`${depth}`, because?.construct ?? "source", shortName(position), place];
}

function editBlocks(report: Report): readonly Block[] {
  if (report.edits.length + report.conversions.length === 0) return [];
  return [{ kind: "heading", text: "edits" }, editsByKind(report), ...editsByModule(report)];
}

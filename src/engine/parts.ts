import { dirname, relative, resolve } from "node:path";
import type { ObstacleKind } from "./answer/obstacle.ts";
import type { ReportedPart } from "./answer/report.ts";
import { tellingWays } from "./answer/way.ts";
import type { Edit } from "./edit.ts";
import { NoSource } from "./input-error.ts";
import { type Measurement, measure } from "./measure.ts";
import type { MeasureRequest } from "./question.ts";
import { readConfig } from "./typescript/project/project-config.ts";

/**
 * The same question asked of parts of the project, each alone: a part is a tsconfig whose files are its own, and what
 * they import comes along. Beside it, what the answer to the whole changes in the part's own files.
 * @param parts tsconfigs, relative to the working directory
 */
export function measureParts(
  whole: Measurement,
  request: MeasureRequest,
  parts: readonly string[],
): readonly ReportedPart[] {
  return parts.map((project) => {
    const { configFile, fileNames } = readConfig(project, request.workingDirectory);
    const own = new Set(fileNames.map((path) => relative(request.workingDirectory, path).replaceAll("\\", "/")));
    return {
      name: nameOf(configFile),
      project,
      own: countsOf(changes(whole), own),
      alone: alone(request, project, own),
    };
  });
}

function nameOf(configFile: string): string {
  const file = configFile.split(/[\\/]/u).at(-1) ?? "";
  const name = file.replace(/\.?(?:tsconfig)?\.json$/u, "");
  return name === "" ? (dirname(resolve(configFile)).split(/[\\/]/u).at(-1) ?? "") : name;
}

// Where the part has no source there is nothing to brand.
function alone(request: MeasureRequest, project: string, own: ReadonlySet<string>): ReportedPart["alone"] {
  const verify = request.verify === "no" ? "no" : "sufficient";
  const answer = answerOf({ ...request, project, verify });
  if (answer === undefined) return null;
  const { report, mixedReleases } = answer;
  const count = (kind: ObstacleKind) => report.obstacles.filter((obstacle) => obstacle.kind === kind).length;
  return {
    churn: report.churn,
    mixed: count("mixed"),
    mixedReleases: mixedReleases.length,
    erased: count("erased"),
    recovered: count("recovered"),
    ways: tellingWays(report, own),
    verdict: report.verdict,
  };
}

function answerOf(request: MeasureRequest): Measurement | undefined {
  try {
    return measure({ ...request, isPart: true });
  } catch (error) {
    if (error instanceof NoSource) return undefined;
    throw error;
  }
}

function changes({ report }: Measurement): readonly Edit[] {
  return [...report.edits, ...report.conversions];
}

function countsOf(edits: readonly Edit[], files: ReadonlySet<string>): ReportedPart["own"] {
  const own = edits.filter(({ file }) => files.has(file));
  const count = (...kinds: readonly Edit["kind"][]) => own.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    edits: count("annotation", "union"),
    unions: count("union"),
    casts: count("cast"),
    conversions: count("conversion"),
  };
}

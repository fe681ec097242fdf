import type { Report } from "./answer/report.ts";
import { InputError } from "./input-error.ts";
import type { Study } from "./measure.ts";
import type { Migration, Strategy } from "./migration.ts";
import { isTyped, strategies } from "./strategies.ts";

/** What one strategy comes to. */
export interface ComparedStrategy {
  readonly strategy: Strategy;
  /** What it does, in a few words. */
  readonly words: string;
  /** Calls of releases of which the wrong one does not compile afterwards. */
  readonly protected: number;
  readonly report: Report;
  /** Milliseconds that the compiler took for its verdict. */
  readonly judged: number;
}

/** A strategy that cannot answer this question, and why. */
export interface RefusedStrategy {
  readonly strategy: Strategy;
  readonly words: string;
  readonly why: string;
}

/** The strategies side by side. */
export interface Comparison extends Pick<Report, "schemaVersion" | "tool" | "compiler" | "project"> {
  readonly migration: Migration;
  /** Calls of plain releases that the brand reaches. */
  readonly releases: number;
  readonly strategies: readonly ComparedStrategy[];
  readonly refused: readonly RefusedStrategy[];
}

/** Every strategy of the question's mode, carried out over the same flows and judged by the compiler. */
export function compare(study: Study): Comparison {
  const { measurement } = study;
  const { schemaVersion, tool, compiler, project, migration } = measurement.report;
  const compared: ComparedStrategy[] = [];
  const refused: RefusedStrategy[] = [];
  for (const [strategy, { modes, words }] of entries) {
    if (!modes.some((mode) => mode === migration.mode)) continue;
    const isNeedless = strategy === "mint-helper" && measurement.report.churn.testCasts === 0;
    // Without casts in tests it is what the mode's own strategy is.
    if (isNeedless) continue;
    const outcome = outcomeOf(study, strategy, compared.at(-1)?.report ?? measurement.report);
    if (typeof outcome === "string") refused.push({ strategy, words, why: outcome });
    else compared.push({ strategy, words, ...outcome });
  }
  const releases = measurement.report.conversions.length + measurement.mixedReleases.length;
  return { schemaVersion, tool, compiler, project, migration, releases, strategies: compared, refused };
}

const entries = Object.entries(strategies) as readonly (readonly [Strategy, (typeof strategies)[Strategy]])[];

function outcomeOf({ measurement, answer }: Study, strategy: Strategy, before: Report) {
  const { solved } = measurement;
  const { migration } = solved;
  if (strategy === "flag" && migration.flag === undefined) return "no function to ask at run time; name it with --flag";
  try {
    const { report } = answer({ ...solved, migration: { ...migration, strategy } }, "sufficient");
    return {
      report,
      protected: isTyped(strategy) && migration.mode === "distinct" ? report.conversions.length : 0,
      judged: report.timings.verify - before.timings.verify,
    };
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

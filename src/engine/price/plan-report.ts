import { changedLines } from "../answer/churn.ts";
import type { Report, ReportedDiagnostic } from "../answer/report.ts";
import { byFile, type EditKind } from "../edit.ts";
import type { Study } from "../measure.ts";
import type { Migration } from "../migration.ts";
import type { CallerPrice } from "./caller-prices.ts";
import type { PlanStep } from "./conversion-plan.ts";
import type { PriceCurve } from "./price-curve.ts";
import type { Protection } from "./price-of-protection.ts";
import type { ReleaseSite } from "./release-sites.ts";

/** So many releases protected for so many edits: annotations, casts and conversions together. */
export interface PricePoint {
  readonly edits: number;
  readonly releases: number;
}

/** A place in a file. */
export interface ReportedSite {
  readonly file: string;
  readonly line: number;
}

/** One patch of the conversion plan. */
export interface ReportedStep extends PricePoint {
  /** From 1. */
  readonly patch: number;
  /** The folder whose releases it converts. */
  readonly module: string;
  /** Is this a corner of the curve, so that no choice is better for its price? */
  readonly isCorner: boolean;
  /** No choice of the same price protects more: the curve's line, rounded down. */
  readonly atMost: number;
  readonly converted: readonly ReportedSite[];
  /** What the patch adds, by kind, and how many casts of earlier patches it takes back. */
  readonly made: Readonly<Partial<Record<EditKind, number>>>;
  readonly takenBack: number;
  readonly files: readonly string[];
  readonly linesAdded: number;
  readonly linesRemoved: number;
  /** What the compiler says of the project after the patch, and did not say before the first one. */
  readonly newDiagnostics: readonly ReportedDiagnostic[];
}

/** The price of protection, as `userpage plan` prints it. */
export interface PlanReport extends Pick<Report, "schemaVersion" | "tool" | "compiler" | "project"> {
  readonly migration: Migration;
  /** Calls of plain releases that the brand reaches. */
  readonly releases: number;
  readonly unprotected: readonly ReportedSite[];
  /**
   * The corners of the curve's convex hull, exact as long as every position is branded or plain, no union; between two
   * of them no such choice lies above the line that joins them.
   */
  readonly corners: readonly PricePoint[];
  readonly plan: readonly ReportedStep[];
  readonly callers: readonly CallerPrice[];
}

/** The price of protection for reporters. */
export function planReport({ measurement }: Study, { curve, plan, callers }: Protection): PlanReport {
  const { schemaVersion, tool, compiler, project, migration } = measurement.report;
  return {
    ...{ schemaVersion, tool, compiler, project, migration },
    releases: curve.sites.length,
    unprotected: curve.unprotected.map(placeOf),
    corners: curve.corners.map(({ price, releases }) => ({ edits: price, releases })),
    plan: plan.map((step, i) => reportedStep(step, i + 1, curve)),
    callers,
  };
}

function reportedStep(step: PlanStep, patch: number, curve: PriceCurve): ReportedStep {
  const { made, takenBack, answer, price, releases, module } = step;
  const all = [...made, ...takenBack];
  const lines = changedLines(all, answer.sources);
  const kinds = [...new Set(made.map(({ kind }) => kind))];
  return {
    ...{ patch, module, edits: price, releases },
    isCorner: curve.corners.some((corner) => corner.price === price && corner.releases === releases),
    atMost: mostFor(price, curve),
    converted: step.sites.map(placeOf),
    made: Object.fromEntries(kinds.map((kind) => [kind, made.filter((edit) => edit.kind === kind).length])),
    takenBack: takenBack.filter(({ kind }) => kind === "cast").length,
    files: [...byFile(all).keys()].sort(),
    linesAdded: lines.added,
    linesRemoved: lines.removed,
    newDiagnostics: answer.report.verdict?.newDiagnostics ?? [],
  };
}

// On the line between the corners around the price.
function mostFor(price: number, { corners }: PriceCurve): number {
  const points = [{ price: 0, releases: 0 }, ...corners];
  const next = points.find((point) => point.price >= price);
  const before = points.filter((point) => point.price <= price).at(-1);
  if (next === undefined || before === undefined || next.price === before.price) return before?.releases ?? 0;
  const share = (price - before.price) / (next.price - before.price);
  return Math.floor(before.releases + share * (next.releases - before.releases));
}

function placeOf({ callee }: ReleaseSite): ReportedSite {
  return { file: callee.file, line: callee.line };
}

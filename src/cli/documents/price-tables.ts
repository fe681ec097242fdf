import type { PlanReport, ReportedStep } from "../../engine/price/plan-report.ts";
import { comparison, priceReport } from "./answers.ts";
import { table } from "./table.ts";

/** The corners of the price curve, with what each more costs. */
export function curveTable(): string {
  const { corners, releases } = priceReport();
  const points = [{ edits: 0, releases: 0 }, ...corners];
  return table(
    ["#edits", `#releases protected, of ${releases}`, "#edits for each more"],
    corners.map((corner, i) => {
      const before = points[i] ?? corner;
      const each = (corner.edits - before.edits) / (corner.releases - before.releases);
      return [corner.edits, corner.releases, each.toFixed(1)];
    }),
  );
}

/** The patches of the conversion plan. */
export function planTable(): string {
  const { plan } = priceReport();
  return table(
    [
      "#patch",
      "folder",
      "#releases",
      "#types",
      "#casts",
      "#taken back",
      "#files",
      "#so far",
      "#for edits",
      "#casts among them",
      "compiles",
    ],
    plan.map((step, i) => [
      ...[step.patch, `\`${inModel(step.module)}\``, step.converted.length, typesOf(step), castsOf(step)],
      ...[step.takenBack, step.files.length, step.releases, step.edits, castsLeft(plan.slice(0, i + 1))],
      step.newDiagnostics.length === 0 ? "yes" : "no",
    ]),
  );
}

function castsOf({ made }: ReportedStep): number {
  return made.cast ?? 0;
}

// What a patch takes back of an earlier one is a cast.
function castsLeft(steps: readonly ReportedStep[]): number {
  return steps.reduce((sum, step) => sum + castsOf(step) - step.takenBack, 0);
}

function typesOf({ made }: ReportedStep): number {
  return (made.annotation ?? 0) + (made.union ?? 0);
}

/** What each caller costs, but for the scenarios', which are stories and no callers of the kernel's. */
export function callersTable(): string {
  return table(
    ["caller", "#releases", "#alone", "#next", "#positions", "#shared with others"],
    kernelCallers(priceReport()).map(({ caller, releases, alone, next, positions, shared }) => [
      `\`${inModel(caller)}\``,
      ...[releases, priceOr(alone), priceOr(next), positions, shared],
    ]),
  );
}

function kernelCallers({ callers }: PlanReport): PlanReport["callers"] {
  return callers.filter(({ caller, releases }) => releases > 0 && !caller.startsWith("src/kernel/scenarios/"));
}

// JSON has no infinity: what cannot be protected has no price.
function priceOr(price: number | null): number | string {
  return price ?? "not possible";
}

/** The strategies side by side. */
export function strategiesTable(): string {
  const { strategies, releases } = comparison();
  return table(
    [
      "strategy",
      "#types",
      "#unions",
      "#casts",
      "#conversions",
      "#lines",
      "#files",
      `#protected, of ${releases}`,
      "compiles",
    ],
    strategies.map(({ strategy, protected: some, report: { churn, edits, verdict } }) => [
      `\`${strategy}\``,
      ...[churn.edits, edits.filter(({ kind }) => kind === "union").length, churn.casts, churn.conversions],
      ...[`+${churn.linesAdded} −${churn.linesRemoved}`, churn.files, some],
      complaints(verdict?.newDiagnostics.length ?? 0),
    ]),
  );
}

function complaints(count: number): string {
  return count === 0 ? "yes" : `no, ${count}`;
}

function inModel(path: string): string {
  return path.replace(/^src\/kernel\//u, "");
}

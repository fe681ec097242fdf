import { folderOf } from "../answer/churn.ts";
import type { Edit } from "../edit.ts";
import { type PositionId, siteKey } from "../graph/graph.ts";
import type { Measurement, Study } from "../measure.ts";
import { restrictTo } from "../solver/restrict.ts";
import { added, itemsFor, nothing, type PricedOffer, positionsOf, priced } from "./offer-prices.ts";
import type { CurveCorner, PriceCurve } from "./price-curve.ts";
import type { ReleaseSite } from "./release-sites.ts";

/** One patch of the plan: what is protected from here on, and the project's edits as of here, not only this patch's. */
export interface PlanStep {
  /** The folder whose releases are converted. */
  readonly module: string;
  readonly sites: readonly ReleaseSite[];
  /** All edits together up to here, and all releases. */
  readonly price: number;
  readonly releases: number;
  readonly within: ReadonlySet<PositionId>;
  readonly answer: Measurement;
  /** Edits that this patch makes, and casts of earlier patches that it takes back. */
  readonly made: readonly Edit[];
  readonly takenBack: readonly Edit[];
}

/**
 * The curve as a series of patches, each of which compiles: from corner to corner, and on the way one folder after the
 * other, the one with the lowest price per release first.
 */
export function conversionPlan({ measurement, answer }: Study, curve: PriceCurve): readonly PlanStep[] {
  const index = priced(curve.offer);
  const steps: PlanStep[] = [];
  for (const corner of curve.corners) {
    let open = groupByFolder(corner.added);
    while (open.length > 0) {
      const within = steps.at(-1)?.within ?? new Set<PositionId>();
      const next = cheapest(index, within, open, corner);
      open = open.filter((group) => group !== next.group);
      const found =
        open.length === 0 ? corner.answer : answer(restrictTo(measurement.solved, next.within), "sufficient");
      steps.push(stepOf(steps.at(-1), next, found, curve.sites));
    }
  }
  return steps.filter(({ made, takenBack }) => made.length + takenBack.length > 0);
}

interface Group {
  readonly module: string;
  readonly sites: readonly ReleaseSite[];
}

interface Candidate {
  readonly group: Group;
  readonly within: ReadonlySet<PositionId>;
  readonly price: number;
}

function groupByFolder(sites: readonly ReleaseSite[]): readonly Group[] {
  const modules = [...new Set(sites.map(({ callee }) => folderOf(callee.file)))].sort();
  return modules.map((module) => ({ module, sites: sites.filter(({ callee }) => folderOf(callee.file) === module) }));
}

// The last folder of a corner ends at the corner itself, which is the cheapest of all that protect so many.
function cheapest(
  index: PricedOffer,
  within: ReadonlySet<PositionId>,
  open: readonly Group[],
  corner: CurveCorner,
): Candidate {
  const candidates = open.map((group): Candidate => {
    if (open.length === 1) return { group, within: corner.within, price: corner.price };
    const choice = added(index, nothing, itemsFor(index, within, group.sites));
    return { group, within: new Set(positionsOf(index, choice)), price: choice.price };
  });
  const [first] = candidates.sort((a, b) => a.price / a.group.sites.length - b.price / b.group.sites.length);
  if (first === undefined) throw new Error("a corner of the price curve that protects nothing");
  return first;
}

function stepOf(
  before: PlanStep | undefined,
  { group, within, price }: Candidate,
  answer: Measurement,
  all: readonly ReleaseSite[],
): PlanStep {
  const earlier = before === undefined ? [] : editsOf(before.answer);
  const now = editsOf(answer);
  const made = without(now, earlier);
  const renamed = new Set(made.filter(({ kind }) => kind === "conversion").map(siteKey));
  const sites = all.filter(({ callee }) => renamed.has(siteKey(callee)));
  return {
    module: group.module,
    sites,
    price,
    releases: (before?.releases ?? 0) + sites.length,
    within,
    answer,
    made,
    takenBack: without(earlier, now),
  };
}

function editsOf({ report }: Measurement): readonly Edit[] {
  return [...report.edits, ...report.conversions];
}

function without(edits: readonly Edit[], others: readonly Edit[]): readonly Edit[] {
  const textAt = (edit: Edit) => `${siteKey(edit)} ${edit.text}`;
  const known = new Set(others.map(textAt));
  return edits.filter((edit) => !known.has(textAt(edit)));
}

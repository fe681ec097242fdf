import type { FlowEdge, PositionId } from "../graph/graph.ts";
import type { Measurement, Study } from "../measure.ts";
import { type CallerPrice, callerPrices } from "./caller-prices.ts";
import { conversionPlan, type PlanStep } from "./conversion-plan.ts";
import { convertible, type PriceCurve, priceCurve } from "./price-curve.ts";

/** What protecting releases costs: the curve, a plan along it, and the price of each caller of the source. */
export interface Protection {
  readonly curve: PriceCurve;
  readonly plan: readonly PlanStep[];
  readonly callers: readonly CallerPrice[];
}

/**
 * The price of protection. Where the compiler rejects a corner or a patch, the casts at the rejected places cannot be
 * made: both ends of those flows are then branded or neither, and all is drawn anew. A subtype protects nothing: the
 * plain release takes it, too.
 */
export function priceOfProtection(study: Study): Protection {
  if (study.measurement.report.migration.mode === "subtype") return nothingProtected(study);
  const uncut = new Set<FlowEdge>();
  for (let round = 1; ; round++) {
    const curve = priceCurve(study, uncut);
    const plan = curve.corners.every(isAccepted) ? conversionPlan(study, curve) : [];
    const found = [...curve.corners, ...plan]
      .flatMap((each) => crossingAt(study, each))
      .filter((edge) => !uncut.has(edge));
    if (found.length === 0 || round === mostRounds) return { curve, plan, callers: callerPrices(study, curve) };
    for (const edge of found) uncut.add(edge);
  }
}

const mostRounds = 8;

function nothingProtected({ measurement }: Study): Protection {
  const sites = convertible(measurement);
  const offer = { prices: [], worths: [], things: [], ties: [] };
  return { curve: { corners: [], sites, unprotected: sites, offer }, plan: [], callers: [] };
}

interface Restricted {
  readonly within: ReadonlySet<PositionId>;
  readonly answer: Measurement;
}

function isAccepted({ answer }: Restricted): boolean {
  return answer.report.verdict?.newDiagnostics.length === 0;
}

// The flows over the border on the lines that the compiler rejects.
function crossingAt({ measurement }: Study, { within, answer }: Restricted): readonly FlowEdge[] {
  const { graph, solution } = measurement.solved;
  const rejected = new Set(answer.report.verdict?.newDiagnostics.map(({ file, line }) => `${file}:${line}`));
  if (rejected.size === 0) return [];
  return graph.edges.filter(
    ({ from, to, site }) =>
      within.has(from) !== within.has(to) && solution.labels.has(from) && rejected.has(`${site.file}:${site.line}`),
  );
}

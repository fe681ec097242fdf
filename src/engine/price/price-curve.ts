import { calleeOf, type FlowEdge, type PositionId, siteKey } from "../graph/graph.ts";
import type { Measurement, Study } from "../measure.ts";
import { restrictTo } from "../solver/restrict.ts";
import { hullOf } from "./parametric-cut.ts";
import { type ReleaseOffer, releaseOffer } from "./release-offer.ts";
import { type ReleaseSite, releaseSites } from "./release-sites.ts";

/** A corner of the curve: the most releases that can be protected for so many edits, exactly. */
export interface CurveCorner {
  /** Annotations, casts and conversions together. */
  readonly price: number;
  readonly releases: number;
  /** Protected here and not at the corner before. */
  readonly added: readonly ReleaseSite[];
  /** Every position that is branded here. */
  readonly within: ReadonlySet<PositionId>;
  /** The edits that get there, with the compiler's verdict. */
  readonly answer: Measurement;
}

/** How many releases can be protected for how many edits. */
export interface PriceCurve {
  readonly corners: readonly CurveCorner[];
  /** All calls of plain releases that the brand reaches. */
  readonly sites: readonly ReleaseSite[];
  /** Those that no choice of casts protects. */
  readonly unprotected: readonly ReleaseSite[];
  readonly offer: ReleaseOffer;
}

/** The curve of an answer, every corner carried out and judged by the compiler; on `uncut` flows no cast can stand. */
export function priceCurve({ measurement, answer }: Study, uncut: ReadonlySet<FlowEdge>): PriceCurve {
  const sites = convertible(measurement);
  const offer = releaseOffer(measurement.solved, sites, uncut);
  const corners = cornersOf(offer, (within) => answer(restrictTo(measurement.solved, within), "sufficient"));
  const reached = new Set(corners.flatMap(({ added }) => added));
  return { corners, sites, unprotected: sites.filter((site) => !reached.has(site)), offer };
}

function cornersOf(offer: ReleaseOffer, answer: (within: ReadonlySet<PositionId>) => Measurement): CurveCorner[] {
  let price = 0;
  const within = new Set<PositionId>();
  let releases = 0;
  return hullOf(offer).map((step) => {
    price += step.price;
    releases += step.worth;
    const things = step.items.flatMap((item) => offer.things[item] ?? []);
    for (const thing of things) if (thing.kind === "position") within.add(thing.position);
    const added = things.flatMap((thing) => (thing.kind === "release" ? [thing.site] : []));
    return { price, releases, added, within: new Set(within), answer: answer(new Set(within)) };
  });
}

/** The calls that are converted, or would be if their argument were of one kind; not what branded releases do inside. */
export function convertible({ report, solved, mixedReleases }: Measurement): readonly ReleaseSite[] {
  const calls = new Set([...report.conversions.map(siteKey), ...mixedReleases.map((edge) => siteKey(calleeOf(edge)))]);
  return releaseSites(solved.graph, solved.solution.releases).filter(({ callee }) => calls.has(siteKey(callee)));
}

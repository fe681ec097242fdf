import { table } from "../markdown.ts";
import { spreadOf } from "../speed/rounds.ts";
import type { CheckCost } from "./check-cost.ts";

/** The checks of one copy by one compiler, a round each. */
export interface CopyCosts {
  readonly name: string;
  readonly costs: readonly CheckCost[];
}

/** What checking each copy costs, as ratios to the first one in the same round, as Markdown. */
export function costTable(compiler: string, copies: readonly CopyCosts[]): string {
  const [before, ...others] = copies;
  if (before === undefined) throw new Error("nothing was timed; ask for at least one copy");
  const ratios = (costs: readonly CheckCost[], of: (cost: CheckCost) => number) => {
    return spreadOf(costs.map((cost, round) => of(cost) / ofRound(before.costs, round, of)));
  };
  const rows = others.map(({ name, costs }) => {
    const made = [(cost: CheckCost) => cost.types, (cost: CheckCost) => cost.instantiations];
    const used = [(cost: CheckCost) => cost.seconds, (cost: CheckCost) => cost.megabytes];
    return [
      name,
      ...made.map((of) => ratios(costs, of).median.toFixed(3)),
      ...used.map((of) => {
        const { median, lowest, highest } = ratios(costs, of);
        return `${median.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)})`;
      }),
    ];
  });
  return table([compiler, "types", "instantiations", "time", "memory"], rows);
}

function ofRound(costs: readonly CheckCost[], round: number, of: (cost: CheckCost) => number): number {
  const cost = costs[round];
  return cost === undefined ? Number.NaN : of(cost);
}

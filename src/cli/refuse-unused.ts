import { InputError } from "../engine/input-error.ts";
import type { Migration, Strategy } from "../engine/migration.ts";
import type { Options, Verb } from "./options.ts";

// Options that go by the name of the one strategy they are for.
const options = ["cut", "flag"] as const satisfies readonly (keyof Options & Strategy)[];

/**
 * What is typed is meant for this run. A configuration may hold what other verbs use, and some verbs carry out every
 * strategy.
 * @throws InputError for an option of a strategy that is not carried out
 */
export function refuseUnused(verb: Verb, given: Options, { strategy, mode }: Migration): void {
  if (verb === "compare" || verb === "mistakes") return;
  const unused = options.find((option) => given[option] !== undefined && strategy !== option);
  if (unused === undefined) return;
  throw new InputError(
    `--${unused} does nothing with the strategy ${strategy ?? mode}; ` +
      `say --strategy ${unused} too, or leave out --${unused}`,
  );
}

import type { Solved } from "../answer/changes.ts";
import { whyNotReached } from "../answer/unreached.ts";
import type { PositionId } from "../graph/graph.ts";

/** Why there is no release to protect: a sentence each, what was named and is not reached among them. */
export function whyNoRelease(solved: Solved): readonly string[] {
  const { migration, question } = solved;
  if (migration.releases.length === 0) {
    return ["no release is named; say which calls release with --release PLAIN=BRANDED"];
  }
  if (question.releases.size === 0) {
    const names = migration.releases.map(({ plain }) => plain).join(", ");
    return [`no release is reached: nothing that ${names} takes holds ${migration.base ?? "the base type"}`];
  }
  return [...question.releases].map(
    (parameter) => `no release is reached: ${parameter} is ${whyNot(solved, parameter)}`,
  );
}

// A call that is reached and yet no release to protect is the branded release's own.
function whyNot(solved: Solved, parameter: PositionId): string {
  const call = solved.solution.releases.find(({ to }) => to === parameter);
  if (call === undefined) return whyNotReached(solved, parameter);
  return `called by the branded release alone, at ${call.site.file}:${call.site.line}`;
}

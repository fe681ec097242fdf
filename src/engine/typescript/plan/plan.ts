import type { ts } from "ts-morph";
import type { Edit } from "../../edit.ts";
import type { FlowEdge } from "../../graph.ts";
import type { Mode } from "../../migration.ts";
import type { Solution } from "../../solve.ts";
import type { Collected } from "../front-end.ts";
import { planAnnotations } from "./annotations.ts";
import type { Brand } from "./brand.ts";
import { castEdit } from "./casts.ts";
import { declareBrand, planNames } from "./names.ts";
import { type Planner, sourcesBySite } from "./planner.ts";
import { planReleases } from "./releases.ts";

/** Everything that changes text, and what could not be changed as wanted. */
export interface Plan {
  readonly edits: readonly Edit[];
  readonly conversions: readonly Edit[];
  readonly mixedReleases: readonly FlowEdge[];
  /** The same edits with imports that only add names, so that any one of them can be undone and still finds its names. */
  readonly undoable: readonly Edit[];
}

/** The edits that carry a solution out: annotations, casts, conversions, and the names they need. */
export function plan(
  collected: Collected,
  solution: Solution,
  mode: Mode,
  brand: Brand,
  checker: ts.TypeChecker,
): Plan {
  const planner: Planner = { collected, solution, mode, brand, checker, sourceOf: sourcesBySite(collected) };
  const { conversions, casts, mixedReleases } = planReleases(planner);
  const text = [...planAnnotations(planner), ...withoutRepeats([...planBoundaries(planner), ...casts])];
  const declarations = declareBrand(planner);
  const changed = [...text, ...conversions];
  const asInFile = (edits: readonly Edit[]) => edits.map((edit) => withLineEndsOf(planner, edit));
  return {
    edits: asInFile([...text, ...declarations, ...planNames(planner, changed, "drop")]),
    conversions,
    mixedReleases,
    undoable: asInFile([...changed, ...declarations, ...planNames(planner, changed, "keep")]),
  };
}

function withLineEndsOf(planner: Planner, edit: Edit): Edit {
  if (planner.sourceOf.get(edit.file)?.text.includes("\r\n") !== true) return edit;
  return { ...edit, text: edit.text.replaceAll(/\r?\n/g, "\r\n") };
}

function planBoundaries(planner: Planner): readonly Edit[] {
  const { solution, brand, mode, collected } = planner;
  // An assertion in the source is a boundary already.
  const unasserted = solution.mints.filter((edge) => edge.construct !== "cast");
  const mints = unasserted.flatMap((edge) =>
    castEdit(planner, edge, brand.name, "a plain value becomes a branded one"),
  );
  if (mode === "subtype") return mints;
  return [
    ...mints,
    ...solution.exits
      .filter(({ enforced }) => enforced)
      .flatMap((edge) => castEdit(planner, edge, collected.base.name, "used as a plain value")),
  ];
}

function withoutRepeats(edits: readonly Edit[]): readonly Edit[] {
  return [...new Map(edits.map((edit) => [`${edit.file} ${edit.start} ${edit.end}`, edit])).values()];
}

import type { ts } from "ts-morph";
import { castExits } from "../../cast-exits.ts";
import type { Edit } from "../../edit.ts";
import { type FlowEdge, siteKey } from "../../graph/graph.ts";
import type { Mode, Strategy } from "../../migration.ts";
import type { Solution } from "../../solver/solve.ts";
import { isTyped, readersAmong } from "../../strategies.ts";
import type { Collected } from "../front-end.ts";
import type { Generics } from "../generic/generics.ts";
import { planAnnotations } from "./annotations.ts";
import type { Brand } from "./brand/brand.ts";
import { exitEdit, mintEdit } from "./casts/casts.ts";
import { planMintHelper } from "./casts/mint-helper.ts";
import { planRefusedAssertions } from "./casts/refused-assertions.ts";
import { dispatchEdit } from "./dispatch.ts";
import { planGeneric } from "./generic.ts";
import { nameTypes } from "./imports/type-names.ts";
import { declareBrand, planNames } from "./names.ts";
import { withoutOverlaps } from "./overlaps.ts";
import { type Planner, sourcesBySite } from "./planner.ts";
import { planReleases } from "./releases.ts";
import { planView } from "./view.ts";

/** Everything that changes text, and what could not be changed as wanted. */
export interface Plan {
  readonly edits: readonly Edit[];
  readonly conversions: readonly Edit[];
  readonly mixedReleases: readonly FlowEdge[];
  /** The same edits with imports that only add names, so that any one of them can be undone and still finds its names. */
  readonly undoable: readonly Edit[];
}

/** What is to be carried out, and how. */
export interface PlanRequest {
  readonly collected: Collected;
  readonly solution: Solution;
  readonly mode: Mode;
  readonly strategy: Strategy;
  readonly brand: Brand;
  readonly checker: ts.TypeChecker;
  readonly options: ts.CompilerOptions;
  readonly generics?: Generics | undefined;
}

/** The edits that carry a solution out: annotations, casts, conversions, and the names they need. */
export function plan(request: PlanRequest): Plan {
  const planner = plannerOf(request);
  return isTyped(request.strategy) ? planTypes(planner) : planNamesAlone(planner, request.strategy);
}

// Every release keeps its plain parameter, so a name is all that changes.
function planNamesAlone(planner: Planner, strategy: Strategy): Plan {
  const { conversions, mixedReleases } = planReleases(planner);
  const asking = new Map(
    (strategy === "flag" ? mixedReleases : []).flatMap((edge) => {
      const edit = dispatchEdit(planner, edge);
      return edit === undefined ? [] : [[edge, edit] as const];
    }),
  );
  const all = withoutOverlaps([...unforced(conversions), ...asking.values()], planner.sourceOf);
  const finished = (edits: readonly Edit[]) => edits.map((edit) => asInFile(planner, edit));
  return {
    edits: finished(planNames(planner, all, "drop")),
    conversions: finished(all),
    mixedReleases: mixedReleases.filter((edge) => !asking.has(edge)),
    undoable: finished([...all, ...planNames(planner, all, "keep")]),
  };
}

// Nothing complains of either name.
function unforced(conversions: readonly Edit[]): readonly Edit[] {
  return conversions.map((edit) => ({ ...edit, class: "flow", enforced: false }));
}

function planTypes(planner: Planner): Plan {
  const { conversions, casts, mixedReleases } = planReleases(planner);
  const parameters = planner.generic?.edits(planner) ?? [];
  const text = [...planAnnotations(planner), ...parameters, ...withoutRepeats([...planBoundaries(planner), ...casts])];
  const all = withoutOverlaps([...text, ...conversions], planner.sourceOf);
  const { edits: changed, needs: typeNames } = nameTypes(all, planner.sourceOf, planner.habits);
  const used = withUsedHelper({ ...planner, typeNames }, changed);
  const declarations = declareBrand(used);
  const finished = (edits: readonly Edit[]) => edits.map((edit) => asInFile(planner, edit));
  const isConversion = ({ kind }: Edit) => kind === "conversion";
  return {
    edits: finished([
      ...changed.filter((edit) => !isConversion(edit)),
      ...declarations,
      ...planNames(used, changed, "drop"),
    ]),
    conversions: finished(changed.filter(isConversion)),
    mixedReleases,
    undoable: finished([...changed, ...declarations, ...planNames(used, changed, "keep")]),
  };
}

function plannerOf({ collected, solution, mode, strategy, brand, checker, options, generics }: PlanRequest): Planner {
  const { base, files } = collected;
  const helper = strategy === "mint-helper" ? planMintHelper(brand, base, mode, files) : undefined;
  const view = strategy === "view" ? planView(brand, base, files, readersAmong(collected.graph, solution)) : undefined;
  const sourceOf = sourcesBySite(collected);
  const generic = generics === undefined ? undefined : planGeneric(generics, brand, base, files);
  const habits = { options, files };
  const typeNames = new Map();
  return { collected, solution, mode, brand, helper, view, generic, typeNames, checker, habits, sourceOf };
}

// A helper that no test calls is not declared.
function withUsedHelper(planner: Planner, edits: readonly Edit[]): Planner {
  const { helper } = planner;
  const isUsed = helper !== undefined && edits.some(({ text }) => text.includes(`${helper.name}(`));
  return isUsed ? planner : { ...planner, helper: undefined };
}

// In the file's own line ends, and told apart as a test's cost where the file is a test.
function asInFile(planner: Planner, edit: Edit): Edit {
  const file = planner.sourceOf.get(edit.file);
  if (file === undefined) return edit;
  const text = file.text.includes("\r\n") ? edit.text.replaceAll(/\r?\n/g, "\r\n") : edit.text;
  return { ...edit, text, test: planner.collected.positions.isTest(file) };
}

function planBoundaries(planner: Planner): readonly Edit[] {
  const { collected, solution, mode } = planner;
  // An assertion in the source is a boundary already.
  const unasserted = solution.mints.filter((edge) => edge.construct !== "cast" && edge.declared !== true);
  const exits = castExits(collected.graph, solution, mode);
  const exitAt = new Map(exits.map((edge) => [siteKey(edge.site), edge]));
  const mints = unasserted.flatMap((edge) => mintEdit(planner, edge, exitAt));
  const plain = exits.flatMap((edge) => exitEdit(planner, edge, "used as a plain value"));
  return [...mints, ...plain, ...planRefusedAssertions(planner, exits)];
}

function withoutRepeats(edits: readonly Edit[]): readonly Edit[] {
  return [...new Map(edits.map((edit) => [`${edit.file} ${edit.start} ${edit.end}`, edit])).values()];
}

import type { ts } from "ts-morph";
import { applyChanges, byFile, type Edit } from "../../edit.ts";
import type { Mode } from "../../migration.ts";
import type { Solution } from "../../solver/solve.ts";
import type { Collected } from "../front-end.ts";
import type { Brand } from "./brand/brand.ts";
import type { MintHelper } from "./casts/mint-helper.ts";
import type { GenericPlan } from "./generic.ts";
import type { PathHabits } from "./imports/module-path.ts";
import type { NamedTypes } from "./imports/type-names.ts";
import type { View } from "./view.ts";

/** What every part of the plan looks at. */
export interface Planner {
  readonly collected: Collected;
  readonly solution: Solution;
  readonly mode: Mode;
  readonly brand: Brand;
  /** What mints in test code, where casts are not wanted there. */
  readonly helper: MintHelper | undefined;
  /** A type that either kind passes as, and the positions that get it. */
  readonly view: View | undefined;
  /** Type parameters for the kind of what holders hold, and what stands for them. */
  readonly generic: GenericPlan | undefined;
  /** What files have to import, by name, because edits print types that stand elsewhere. */
  readonly typeNames: NamedTypes["needs"];
  readonly checker: ts.TypeChecker;
  readonly habits: PathHabits;
  /** The files by their name in the report. */
  readonly sourceOf: ReadonlyMap<string, ts.SourceFile>;
}

/** The files of a project by the name they have in edits. */
export function sourcesBySite(collected: Collected): ReadonlyMap<string, ts.SourceFile> {
  return new Map(collected.files.map((file) => [collected.positions.siteOf(file).file, file]));
}

/** The text of every edited file, before and after. */
export function editedTexts(
  collected: Collected,
  edits: readonly Edit[],
): ReadonlyMap<string, { readonly before: string; readonly after: string }> {
  const sources = sourcesBySite(collected);
  const texts = new Map<string, { before: string; after: string }>();
  for (const [file, changes] of byFile(edits)) {
    const before = sources.get(file)?.text ?? "";
    texts.set(file, { before, after: applyChanges(before, changes) });
  }
  return texts;
}

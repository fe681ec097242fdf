import { ts } from "ts-morph";
import { byFile, type Edit } from "../../edit.ts";
import { rootOf } from "./brand-name.ts";
import { type NeededName, planImports } from "./imports.ts";
import { calleeOf, type Planner } from "./planner.ts";
import { releaseOf } from "./releases.ts";

/** The imports that edits need. Names that the edits leave without a use go, unless they are to be kept. */
export function planNames(planner: Planner, edits: readonly Edit[], unused: "drop" | "keep"): readonly Edit[] {
  const made: Edit[] = [];
  for (const [path, group] of byFile(edits)) {
    const file = planner.sourceOf.get(path);
    if (file === undefined) continue;
    const removed = unused === "keep" ? [] : group.filter(({ kind }) => kind === "annotation" || kind === "conversion");
    const starts = new Set(removed.map(({ start }) => start));
    const test = group.some((each) => each.test);
    for (const change of planImports(file, neededNames(planner, group), starts, planner.checker)) {
      made.push({ ...supporting(path, change, "import", "names the edits use"), test });
    }
  }
  return made;
}

/** The edits that declare the brand. */
export function declareBrand(planner: Planner): readonly Edit[] {
  const { file } = planner.collected.positions.siteOf(planner.brand.file);
  return planner.brand.declarations.map(({ start, text }) =>
    supporting(file, { start, end: start, text }, "declaration", "the brand"),
  );
}

function supporting(
  file: string,
  change: { start: number; end: number; text: string },
  kind: Edit["kind"],
  reason: string,
): Edit {
  return { file, ...change, position: null, kind, class: "forced", reason, enforced: true, test: false };
}

function neededNames(planner: Planner, edits: readonly Edit[]): readonly NeededName[] {
  const needed = new Map<string, NeededName>();
  for (const edit of edits) {
    for (const need of edit.kind === "conversion" ? releaseNames(planner, edit) : typeNames(planner, edit)) {
      needed.set(need.name, need);
    }
  }
  return [...needed.values()];
}

function typeNames(planner: Planner, edit: Edit): readonly NeededName[] {
  const { brand } = planner;
  const { base } = planner.collected;
  const needed: NeededName[] = [];
  const root = ts.isExternalModule(brand.file) ? rootOf(brand, edit.text) : undefined;
  if (root !== undefined) {
    // Beside a value, such as a class, nothing says whether types are marked.
    const isOnlyType = base.kind === "declared" && (base.symbol.flags & ts.SymbolFlags.Value) === 0;
    const beside = isOnlyType ? base.name : undefined;
    needed.push({ name: root, declaredIn: brand.file, isType: true, beside });
  }
  const home = baseFile(planner);
  if (edit.kind === "cast" && home !== undefined && new RegExp(`(?<![\\w$.])${base.name}(?![\\w$])`).test(edit.text)) {
    needed.push({ name: base.name, declaredIn: home, isType: true, beside: brand.name });
  }
  return needed;
}

function baseFile({ collected: { base } }: Planner): ts.SourceFile | undefined {
  return base.kind === "declared" ? base.symbol.declarations?.[0]?.getSourceFile() : undefined;
}

function releaseNames(planner: Planner, edit: Edit): readonly NeededName[] {
  const edge = planner.solution.releases.find(
    (each) => calleeOf(each).file === edit.file && calleeOf(each).start === edit.start,
  );
  // A member of a namespace or of an object is met through it.
  const isQualified = planner.sourceOf.get(edit.file)?.text[edit.start - 1] === ".";
  if (edge === undefined || isQualified) return [];
  const { plain, branded, file, isMember } = releaseOf(planner, edge.to);
  return file === undefined || isMember || !ts.isExternalModule(file)
    ? []
    : [{ name: branded, declaredIn: file, isType: false, beside: plain }];
}

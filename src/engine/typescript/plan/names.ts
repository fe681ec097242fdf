import { ts } from "ts-morph";
import type { Edit, TextChange } from "../../edit.ts";
import { byFile } from "../../edit.ts";
import { calleeOf } from "../../graph/graph.ts";
import { inBraces, isAtHand, placementOf, planImports } from "./imports/imports.ts";
import { moduleAt, type NeededName, type Route, routeTo } from "./imports/routes.ts";
import { mentions } from "./imports/type-names.ts";
import { brandNeed, wholeImportsOf } from "./local-name.ts";
import type { Planner } from "./planner.ts";
import { releaseOf } from "./releases.ts";

/** The imports and re-exports that edits need. Names that the edits leave without a use go, unless they are to be kept. */
export function planNames(planner: Planner, edits: readonly Edit[], unused: "drop" | "keep"): readonly Edit[] {
  const groups = byFile(edits);
  const demands = demandsOf(planner, groups);
  return [...planner.sourceOf].flatMap(([path, file]) => {
    const lists = [...demands.lists].filter(([list]) => list.getSourceFile() === file);
    const needed = demands.needs.get(file) ?? [];
    const group = groups.get(path) ?? [];
    if (group.length + needed.length + lists.length === 0) return [];
    const isRenaming = ({ kind }: Edit) => kind === "annotation" || kind === "conversion";
    const keepsName = ({ start, end, text }: Edit) => mentions(text, file.text.slice(start, end));
    const removed = unused === "keep" ? [] : group.filter((edit) => isRenaming(edit) && !keepsName(edit));
    const starts = new Set(removed.map(({ start }) => start));
    const changes = [
      ...planImports(file, needed, starts, planner.checker, planner.habits),
      ...lists.map(([list, names]) => lengthened(list, [...names.values()], planner.habits.options)),
    ];
    return changes.map((change) => supporting(path, change, "import", "names the edits use"));
  });
}

/** The edits that declare the brand and what comes with it. */
export function declareBrand(planner: Planner): readonly Edit[] {
  const { file } = planner.collected.positions.siteOf(planner.brand.file);
  const { brand, helper, view, generic } = planner;
  const beside = [helper?.declaration, view?.declaration, generic?.declaration].filter((each) => each !== undefined);
  const declared = [...brand.declarations, ...beside];
  return declared.map(({ start, end, text }) => supporting(file, { start, end, text }, "declaration", "the brand"));
}

function supporting(file: string, change: TextChange, kind: Edit["kind"], reason: string): Edit {
  return { file, ...change, position: null, kind, class: "forced", reason, enforced: true, test: false };
}

/** Who needs which names, and which lists of exports have to hand them on. */
interface Demands {
  readonly needs: Map<ts.SourceFile, NeededName[]>;
  readonly lists: Map<ts.NamedExports, Map<string, NeededName>>;
}

function demandsOf(planner: Planner, groups: ReadonlyMap<string, readonly Edit[]>): Demands {
  const demands: Demands = { needs: new Map(), lists: new Map() };
  for (const [path, group] of groups) {
    const file = planner.sourceOf.get(path);
    if (file === undefined) continue;
    const needs = [...neededNames(planner, group), ...(planner.typeNames.get(file) ?? [])];
    for (const need of needs) demand(planner, file, need, demands);
    for (const module of qualifyingModules(planner, file, group)) {
      follow(planner, routeTo(module, brandNeed(planner), planner.checker), brandNeed(planner), demands);
    }
  }
  return demands;
}

function demand(planner: Planner, file: ts.SourceFile, need: NeededName, demands: Demands): void {
  const before = demands.needs.get(file) ?? [];
  if (before.some(({ name }) => name === need.name)) return;
  demands.needs.set(file, [...before, need]);
  if (!isAtHand(file, need)) follow(planner, placementOf(file, need, planner.checker)?.route, need, demands);
}

function follow(planner: Planner, route: Route | undefined, need: NeededName, demands: Demands): void {
  for (const list of route?.lists ?? []) {
    demands.lists.set(list, (demands.lists.get(list) ?? new Map<string, NeededName>()).set(need.name, need));
  }
  for (const module of route?.imports ?? []) demand(planner, module, need, demands);
}

// `mm.UserPage` and `import("./mm").UserPage` need no import, but the module has to have the name.
function qualifyingModules(planner: Planner, file: ts.SourceFile, group: readonly Edit[]): readonly ts.SourceFile[] {
  const { brand, checker, collected } = planner;
  const isQualified = (edit: Edit) => edit.text.includes(`.${brand.name}`);
  const qualified = group.filter(isQualified);
  if (qualified.length === 0) return [];
  const imported = qualified.flatMap(({ position }) => {
    const node = position === null ? undefined : collected.positions.entries.get(position)?.node;
    const argument = node !== undefined && ts.isImportTypeNode(node) ? node.argument : undefined;
    const literal = argument !== undefined && ts.isLiteralTypeNode(argument) ? argument.literal : undefined;
    return moduleAt(literal, checker) ?? [];
  });
  return [...imported, ...wholeImportsOf(file, checker).map(({ module }) => module)];
}

function lengthened(list: ts.NamedExports, needed: readonly NeededName[], options: ts.CompilerOptions): TextChange {
  const isTypeList = list.parent.isTypeOnly;
  const mustSay = options.isolatedModules === true || options.verbatimModuleSyntax === true;
  const isHabit = list.elements.some((each) => each.isTypeOnly);
  const added = needed.map(({ name, isType }) =>
    isType && !isTypeList && (mustSay || isHabit) ? `type ${name}` : name,
  );
  const text = inBraces(list, [...list.elements.map((each) => each.getText()), ...added]);
  return { start: list.getStart(), end: list.getEnd(), text };
}

function neededNames(planner: Planner, edits: readonly Edit[]): readonly NeededName[] {
  return edits.flatMap((edit) => (edit.kind === "conversion" ? releaseNames(planner, edit) : textNames(planner, edit)));
}

function textNames(planner: Planner, edit: Edit): readonly NeededName[] {
  const { base } = planner.collected;
  const needed: NeededName[] = [];
  const need = brandNeed(planner);
  if (mentions(edit.text, need.name)) needed.push(need);
  const helper = planner.helper?.name;
  if (helper !== undefined && mentions(edit.text, helper)) needed.push({ ...need, name: helper, isType: false });
  for (const beside of [planner.view?.name, planner.generic?.name]) {
    if (beside !== undefined && mentions(edit.text, beside)) needed.push({ ...need, name: beside });
  }
  const home = base.kind === "declared" ? base.symbol.declarations?.[0]?.getSourceFile() : undefined;
  const isNew = edit.kind === "cast" || edit.start === edit.end;
  if (isNew && home !== undefined && mentions(edit.text, base.name)) {
    needed.push({ name: base.name, declaredIn: home, isType: true, beside: need.beside });
  }
  return needed;
}

function flagNames({ collected: { flag } }: Planner, edit: Edit): readonly NeededName[] {
  if (flag === undefined || !mentions(edit.text, flag.name)) return [];
  const declaredIn = flag.declaration.getSourceFile();
  return [{ name: flag.name, declaredIn, isType: false, beside: undefined }];
}

// `mm.put_page` and `slot.close` become what the same owner has.
function releaseNames(planner: Planner, edit: Edit): readonly NeededName[] {
  if (planner.sourceOf.get(edit.file)?.text[edit.start - 1] === ".") return [];
  const edge = planner.solution.releases.find(
    (each) => calleeOf(each).file === edit.file && calleeOf(each).start === edit.start,
  );
  if (edge === undefined) return [];
  const { plain, branded, file, isMember } = releaseOf(planner, edge.to);
  if (file === undefined || isMember) return [];
  return [{ name: branded, declaredIn: file, isType: false, beside: plain }, ...flagNames(planner, edit)];
}

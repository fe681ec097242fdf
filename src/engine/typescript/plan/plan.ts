import { ts } from "ts-morph";
import type { Edit, EditClass, EditKind } from "../../edit.ts";
import { applyChanges, byFile } from "../../edit.ts";
import type { FlowEdge, PositionId, Site } from "../../graph.ts";
import type { Mode } from "../../migration.ts";
import type { Solution } from "../../solve.ts";
import { adjacency } from "../../solve.ts";
import type { Collected } from "../front-end.ts";
import type { OccurrenceNode } from "../occurrences.ts";
import type { PositionEntry } from "../positions.ts";
import type { Brand } from "./brand.ts";
import { untagged } from "../tag.ts";
import { type NeededName, planImports } from "./imports.ts";

/** Everything that changes text, and what could not be changed as wanted. */
export interface Plan {
  readonly edits: readonly Edit[];
  readonly conversions: readonly Edit[];
  /** Calls of a plain release whose argument may be of either kind: they stay plain, behind a cast. */
  readonly mixedReleases: readonly FlowEdge[];
}

interface Planner {
  readonly collected: Collected;
  readonly solution: Solution;
  readonly mode: Mode;
  readonly brand: Brand;
  readonly checker: ts.TypeChecker;
  readonly sourceOf: ReadonlyMap<string, ts.SourceFile>;
}

/** The edits that carry a solution out: annotations, casts, conversions, and the names they need. */
export function plan(collected: Collected, solution: Solution, mode: Mode, brand: Brand, checker: ts.TypeChecker): Plan {
  const planner: Planner = { collected, solution, mode, brand, checker, sourceOf: sourcesBySite(collected) };
  const annotations = planAnnotations(planner);
  const { conversions, casts, mixedReleases } = planReleases(planner);
  const mints = solution.mints.flatMap((edge) => castEdit(planner, edge, brand.name, "a plain value becomes a branded one here"));
  const exits = mode === "subtype" ? [] : solution.exits.flatMap((edge) => castEdit(planner, edge, baseName(planner), "leaves the project"));
  const text = [...annotations, ...withoutRepeats([...mints, ...casts, ...exits])];
  const names = planNames(planner, [...text, ...conversions]);
  return { edits: [...text, ...declarationEdits(planner), ...names], conversions, mixedReleases };
}

function sourcesBySite(collected: Collected): ReadonlyMap<string, ts.SourceFile> {
  return new Map(collected.files.map((file) => [collected.positions.siteOf(file).file, file]));
}

function baseName(planner: Planner): string {
  return planner.collected.base.name;
}

function planAnnotations(planner: Planner): readonly Edit[] {
  const { graph, positions, question } = planner.collected;
  const edges = adjacency(graph.edges);
  const fixed = new Set(question.fixed);
  const edits: Edit[] = [];
  for (const [id, label] of planner.solution.labels) {
    const entry = positions.entries.get(id);
    if (entry === undefined || !isEdited(planner.mode, label, entry, fixed.has(id))) continue;
    const enforced = isEnforced(planner, id, edges, fixed);
    const insertion = entry.position.annotation === "inferred" ? insertedAnnotation(planner, entry) : undefined;
    const site = insertion ?? entry.position.site;
    const text = insertion?.text ?? annotationText(entry.node as OccurrenceNode, label, planner.brand.name);
    const reason = fixed.has(id) ? "branded by definition" : reasonOf(planner, id);
    edits.push(makeEdit(site, text, id, label === "mixed" ? "union" : "annotation", enforced ? "forced" : "flow", reason, enforced, entry.position.test, entry.position.site.file));
  }
  return edits;
}

function isEdited(mode: Mode, label: "brand" | "mixed", entry: PositionEntry, isFixed: boolean): boolean {
  const { annotation, kind } = entry.position;
  // A source whose type was inferred so far has to say it from now on.
  if (annotation === "inferred") return isFixed && ts.isFunctionLike(entry.node);
  if (annotation === "external") return false;
  if (mode === "distinct") return true;
  return label === "brand" && kind !== "constraint" && kind !== "predicate";
}

function insertedAnnotation(planner: Planner, entry: PositionEntry): (Pick<Site, "start" | "end"> & { text: string }) | undefined {
  const declaration = entry.node;
  if (!ts.isFunctionLike(declaration)) return undefined;
  const file = declaration.getSourceFile();
  const signature = planner.checker.getSignatureFromDeclaration(declaration);
  const close = declaration.getChildren(file).find((child) => child.kind === ts.SyntaxKind.CloseParenToken);
  if (signature === undefined || close === undefined) return undefined;
  const type = planner.checker.typeToString(planner.checker.getReturnTypeOfSignature(signature), declaration, ts.TypeFormatFlags.NoTruncation);
  const base = baseName(planner);
  const text = type.includes("<") || type.includes("[") ? type.replaceAll(new RegExp(`\\b${base}\\b`, "g"), planner.brand.name) : planner.brand.name;
  return { start: close.end, end: close.end, text: `: ${text}` };
}

function annotationText(node: OccurrenceNode, label: "brand" | "mixed", brand: string): string {
  const written = node.getText();
  const name = renamedLast(node, brand);
  if (label === "brand") return name;
  return needsParentheses(node.parent.parent) ? `(${written} | ${name})` : `${written} | ${name}`;
}

// `mm.Page` becomes `mm.UserPage`, `import("./mm").Page` becomes `import("./mm").UserPage`.
function renamedLast(node: OccurrenceNode, brand: string): string {
  const name = ts.isTypeReferenceNode(node) ? node.typeName : ts.isImportTypeNode(node) ? node.qualifier : undefined;
  if (name === undefined) return brand;
  const last = ts.isIdentifier(name) ? name : name.right;
  return node.getText().slice(0, last.getStart() - node.getStart()) + brand;
}

// The parent of an occurrence is the node that tags it.
function needsParentheses(parent: ts.Node): boolean {
  return (
    ts.isArrayTypeNode(parent) ||
    ts.isTypeOperatorNode(parent) ||
    ts.isOptionalTypeNode(parent) ||
    ts.isIntersectionTypeNode(parent) ||
    ts.isIndexedAccessTypeNode(parent)
  );
}

function reasonOf(planner: Planner, id: PositionId): string {
  const because = planner.solution.demands.get(id)?.because;
  return because === null || because === undefined ? "branded by definition" : `${because.edge.construct} from ${because.from}`;
}

// Would the compiler complain if this position alone kept its type?
function isEnforced(
  planner: Planner,
  id: PositionId,
  edges: ReturnType<typeof adjacency>,
  fixed: ReadonlySet<PositionId>,
): boolean {
  const { labels } = planner.solution;
  const into = (edges.into.get(id) ?? []).filter((edge) => edge.enforced);
  const outOf = (edges.outOf.get(id) ?? []).filter((edge) => edge.enforced);
  const { releases } = planner.collected.question;
  if (planner.mode === "subtype") return outOf.some((edge) => labels.get(edge.to) === "brand") || fixed.has(id);
  if (into.some((edge) => labels.has(edge.from))) return true;
  if (fixed.has(id) && into.length > 0) return true;
  const wantsBrand = (edge: FlowEdge) => labels.get(edge.to) === "brand" || (releases.has(edge.to) && labels.get(id) === "brand");
  return outOf.some((edge) => wantsBrand(edge) || isInferredBranded(planner, edge));
}

function isInferredBranded(planner: Planner, edge: FlowEdge): boolean {
  return planner.collected.graph.positions.get(edge.to)?.annotation === "inferred" && planner.solution.labels.has(edge.to);
}

interface ReleasePlan {
  readonly conversions: readonly Edit[];
  readonly casts: readonly Edit[];
  readonly mixedReleases: readonly FlowEdge[];
}

function planReleases(planner: Planner): ReleasePlan {
  const conversions: Edit[] = [];
  const casts: Edit[] = [];
  const mixedReleases: FlowEdge[] = [];
  for (const calls of groupByCallee(planner.solution.releases)) {
    const [edge] = calls;
    if (edge === undefined) continue;
    const isMixed = calls.some((each) => planner.solution.labels.get(each.from) === "mixed") || hasPlainArgument(planner, edge);
    if (isInsideBranded(planner, edge.site)) casts.push(...releaseCast(planner, calls, "the branded release ends in the plain one"));
    else if (isMixed) {
      mixedReleases.push(edge);
      casts.push(...releaseCast(planner, calls, "may be of either kind; stays a plain release"));
    } else conversions.push(conversionEdit(planner, edge));
  }
  return { conversions, casts, mixedReleases };
}

function groupByCallee(edges: readonly FlowEdge[]): readonly FlowEdge[][] {
  const groups = new Map<string, FlowEdge[]>();
  for (const edge of edges) {
    const at = edge.callee ?? edge.site;
    const key = `${at.file} ${at.start}`;
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  return [...groups.values()];
}

// One call can receive a branded value from one branch of a conditional and a plain one from the other.
function hasPlainArgument(planner: Planner, release: FlowEdge): boolean {
  return planner.collected.graph.edges.some(
    (edge) =>
      edge.to === release.to &&
      edge.callee?.file === release.callee?.file &&
      edge.callee?.start === release.callee?.start &&
      !planner.solution.labels.has(edge.from),
  );
}

function releaseCast(planner: Planner, calls: readonly FlowEdge[], reason: string): readonly Edit[] {
  return planner.mode === "subtype" ? [] : calls.flatMap((call) => castEdit(planner, call, baseName(planner), reason));
}

function isInsideBranded(planner: Planner, site: Site): boolean {
  const file = planner.sourceOf.get(site.file);
  return planner.collected.releases.some(({ branded }) =>
    branded.some(({ declaration }) => declaration.getSourceFile() === file && declaration.pos <= site.start && site.end <= declaration.end),
  );
}

function conversionEdit(planner: Planner, edge: FlowEdge): Edit {
  const site = edge.callee ?? edge.site;
  const { branded } = releaseOf(planner, edge.to);
  const test = planner.collected.positions.entries.get(edge.from)?.position.test ?? false;
  const reason = `its argument is branded: ${edge.from}`;
  return makeEdit(site, branded, edge.from, "conversion", "forced", reason, true, test, site.file);
}

function releaseOf(planner: Planner, parameter: PositionId): { branded: string; file: ts.SourceFile | undefined } {
  const node = planner.collected.positions.entries.get(parameter)?.node;
  const owner = ts.findAncestor(node, ts.isFunctionLike);
  const found = planner.collected.releases.find(({ plain }) => plain.some(({ declaration }) => declaration === owner));
  const [branded] = found?.branded ?? [];
  return { branded: branded?.name ?? "", file: branded?.declaration.getSourceFile() };
}

function castEdit(planner: Planner, edge: FlowEdge, type: string, reason: string): readonly Edit[] {
  const file = planner.sourceOf.get(edge.site.file);
  const value = file === undefined ? undefined : expressionAt(file, edge.site);
  if (value === undefined) return [];
  const wanted = edge.nested ? containerType(planner, value, type) : type;
  const as = planner.mode === "subtype" && !edge.nested ? `as ${wanted}` : `as unknown as ${wanted}`;
  const test = planner.collected.positions.entries.get(edge.to)?.position.test ?? false;
  const made = (start: number, end: number, text: string): readonly Edit[] => [
    makeEdit({ start, end }, text, edge.to, "cast", "boundary", reason, edge.enforced, test, edge.site.file),
  ];
  if (ts.isShorthandPropertyAssignment(value.parent)) return made(value.end, value.end, `: ${value.getText()} ${as}`);
  if (!bindsLoosely(value)) return made(value.end, value.end, ` ${as}`);
  return made(value.getStart(), value.end, `(${value.getText()}) ${as}`);
}

// The type the context wants, with every occurrence of the base in it written as `type`.
function containerType(planner: Planner, value: ts.Expression, type: string): string {
  const wanted = planner.checker.getContextualType(value) ?? planner.checker.getTypeAtLocation(value);
  return untagged(planner.checker.typeToString(wanted, value, ts.TypeFormatFlags.NoTruncation), type);
}

function expressionAt(file: ts.SourceFile, site: Site): ts.Expression | undefined {
  let found: ts.Expression | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > site.start || node.end < site.end) return;
    if (node.getStart(file) === site.start && node.end === site.end && ts.isExpression(node)) found ??= node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found !== undefined && ts.isNonNullExpression(found.parent) ? found.parent : found;
}

function bindsLoosely(value: ts.Expression): boolean {
  return (
    ts.isBinaryExpression(value) ||
    ts.isConditionalExpression(value) ||
    ts.isArrowFunction(value) ||
    ts.isYieldExpression(value) ||
    ts.isObjectLiteralExpression(value)
  );
}

function declarationEdits(planner: Planner): readonly Edit[] {
  const { file } = planner.collected.positions.siteOf(planner.brand.file);
  return planner.brand.declarations.map(({ start, text }) =>
    makeEdit({ start, end: start }, text, null, "declaration", "forced", "the brand", true, false, file),
  );
}

function planNames(planner: Planner, edits: readonly Edit[]): readonly Edit[] {
  const made: Edit[] = [];
  for (const [path, group] of byFile(edits)) {
    const file = planner.sourceOf.get(path);
    if (file === undefined) continue;
    const removed = new Set(group.filter((edit) => edit.kind === "annotation" || edit.kind === "conversion").map(({ start }) => start));
    const test = group.some((each) => each.test);
    for (const change of planImports(file, neededNames(planner, group), removed, planner.checker)) {
      made.push(makeEdit(change, change.text, null, "import", "forced", "names the edits use", true, test, path));
    }
  }
  return made;
}

function neededNames(planner: Planner, edits: readonly Edit[]): readonly NeededName[] {
  const { base, graph } = planner.collected;
  const needed = new Map<string, NeededName>();
  const baseFile = base.kind === "declared" ? base.symbol.declarations?.[0]?.getSourceFile() : undefined;
  for (const edit of edits) {
    if (edit.kind !== "conversion" && edit.text.includes(planner.brand.name)) {
      const beside = base.kind === "declared" ? base.name : undefined;
      needed.set(planner.brand.name, { name: planner.brand.name, declaredIn: planner.brand.file, isType: true, beside });
    }
    if (edit.kind === "cast" && baseFile !== undefined && edit.text.endsWith(`as ${base.name}`)) {
      needed.set(base.name, { name: base.name, declaredIn: baseFile, isType: true, beside: planner.brand.name });
    }
    if (edit.kind !== "conversion") continue;
    for (const edge of graph.edges) {
      if (!planner.collected.question.releases.has(edge.to) || (edge.callee ?? edge.site).start !== edit.start) continue;
      const { branded, file } = releaseOf(planner, edge.to);
      if (branded !== edit.text || file === undefined) continue;
      const plain = planner.collected.releases.find((each) => each.branded.some(({ name }) => name === branded))?.plain[0]?.name;
      needed.set(branded, { name: branded, declaredIn: file, isType: false, beside: plain });
    }
  }
  return [...needed.values()];
}

function withoutRepeats(edits: readonly Edit[]): readonly Edit[] {
  return [...new Map(edits.map((edit) => [`${edit.file} ${edit.start} ${edit.end}`, edit])).values()];
}

function makeEdit(
  range: Pick<Site, "start" | "end">,
  text: string,
  position: PositionId | null,
  kind: EditKind,
  editClass: EditClass,
  reason: string,
  enforced: boolean,
  test: boolean,
  file: string,
): Edit {
  return { file, start: range.start, end: range.end, text, position, kind, class: editClass, reason, enforced, test };
}

/** The text of every edited file, before and after. */
export function editedTexts(collected: Collected, edits: readonly Edit[]): ReadonlyMap<string, { readonly before: string; readonly after: string }> {
  const sources = sourcesBySite(collected);
  const texts = new Map<string, { before: string; after: string }>();
  for (const [file, changes] of byFile(edits)) {
    const before = sources.get(file)?.text ?? "";
    texts.set(file, { before, after: applyChanges(before, changes) });
  }
  return texts;
}

import { ts } from "ts-morph";
import type { Edit } from "../../edit.ts";
import { calleeOf, type FlowEdge, type PositionId, type Site } from "../../graph/graph.ts";
import { exitEdit } from "./casts/casts.ts";
import type { Planner } from "./planner.ts";

/** The calls of plain releases that the brand reaches. */
export interface ReleasePlan {
  readonly conversions: readonly Edit[];
  readonly casts: readonly Edit[];
  /** Calls whose argument may be of either kind: they stay plain, behind a cast. */
  readonly mixedReleases: readonly FlowEdge[];
}

/** A conversion where the argument is branded; a cast where it may be plain, or inside the branded release itself. */
export function planReleases(planner: Planner): ReleasePlan {
  const conversions: Edit[] = [];
  const casts: Edit[] = [];
  const mixedReleases: FlowEdge[] = [];
  for (const calls of groupByCallee(planner.solution.releases)) {
    const [edge] = calls;
    if (edge === undefined) continue;
    const isMixed =
      edge.callee === undefined ||
      calls.some((each) => planner.solution.labels.get(each.from) === "mixed") ||
      hasPlainArgument(planner, edge);
    if (isInsideBranded(planner, edge.site))
      casts.push(...releaseCast(planner, calls, "the branded release ends in the plain one"));
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
    const at = calleeOf(edge);
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
  return planner.mode === "subtype" ? [] : calls.flatMap((call) => exitEdit(planner, call, reason));
}

function isInsideBranded(planner: Planner, site: Site): boolean {
  const file = planner.sourceOf.get(site.file);
  return planner.collected.releases.some(({ branded }) =>
    branded.some(
      ({ declaration }) =>
        declaration.getSourceFile() === file && declaration.pos <= site.start && site.end <= declaration.end,
    ),
  );
}

function conversionEdit(planner: Planner, edge: FlowEdge): Edit {
  const site = calleeOf(edge);
  const { branded } = releaseOf(planner, edge.to);
  const reason = `its argument is branded: ${edge.from}`;
  // A branded value passes as a plain one in subtype mode, so the plain release would still take it.
  const enforced = planner.mode === "distinct";
  return {
    file: site.file,
    start: site.start,
    end: site.end,
    text: conversionText(planner, site, branded),
    position: edge.from,
    kind: "conversion",
    class: enforced ? "forced" : "flow",
    reason,
    enforced,
    test: false,
  };
}

// `{ put_page }` becomes `{ put_page: put_user_page }`, and `const { close } = pool` becomes `const { giveBack: close }`.
function conversionText(planner: Planner, site: Site, branded: string): string {
  const file = planner.sourceOf.get(site.file);
  const name = file === undefined ? undefined : nameAt(file, site.start);
  if (name === undefined) return branded;
  if (ts.isShorthandPropertyAssignment(name.parent)) return `${name.text}: ${branded}`;
  const isShort = ts.isBindingElement(name.parent) && name.parent.propertyName === undefined;
  return isShort ? `${branded}: ${name.text}` : branded;
}

function nameAt(file: ts.SourceFile, start: number): ts.Identifier | undefined {
  const visit = (node: ts.Node): ts.Identifier | undefined => {
    if (node.pos > start || node.end <= start) return undefined;
    if (ts.isIdentifier(node) && node.getStart(file) === start) return node;
    return ts.forEachChild(node, visit);
  };
  return visit(file);
}

/** A branded release: its name, what it replaces, and where it is declared; a member needs no import. */
export interface ReleaseTarget {
  readonly plain: ts.Symbol | undefined;
  readonly branded: string;
  readonly file: ts.SourceFile | undefined;
  readonly isMember: boolean;
}

/** What a call of the release with this parameter becomes, and where that is declared. */
export function releaseOf(planner: Planner, parameter: PositionId): ReleaseTarget {
  const node = planner.collected.positions.entries.get(parameter)?.node;
  const owner = ts.findAncestor(node, ts.isFunctionLike);
  const found = planner.collected.releases.find(({ plain }) => plain.some(({ declaration }) => declaration === owner));
  const [branded] = found?.branded ?? [];
  const isMember =
    branded !== undefined && (ts.isClassElement(branded.declaration) || ts.isTypeElement(branded.declaration));
  const file = branded?.declaration.getSourceFile();
  const [plain] = found?.plain ?? [];
  return { plain: plain && symbolOf(plain.declaration, planner), branded: branded?.name ?? "", file, isMember };
}

// A function that is a variable's value goes by the variable's name.
function symbolOf(declaration: ts.Node, { checker }: Planner): ts.Symbol | undefined {
  const named = ts.isVariableDeclaration(declaration.parent) ? declaration.parent : declaration;
  const name = ts.getNameOfDeclaration(named as ts.Declaration);
  return name === undefined ? undefined : checker.getSymbolAtLocation(name);
}

import { relative } from "node:path";
import { ts } from "ts-morph";
import type { FlowGraph, Hazard, PositionId } from "../graph/graph.ts";
import { NoSource, NoSuchFile } from "../input-error.ts";
import type { Migration } from "../migration.ts";
import type { Place } from "../question.ts";
import { restrictToSinks } from "../solver/sinks.ts";
import type { Question } from "../solver/solve.ts";
import { toRead } from "../solver/to-read.ts";
import { mentionsIn } from "./flow/carrier.ts";
import type { FlowContext } from "./flow/flow-context.ts";
import { createPositions, type Positions } from "./positions/positions.ts";
import { type LoadedProject, projectFiles, refuseSyntaxErrors } from "./project/load.ts";
import { collect } from "./reading/collect.ts";
import { unitsAt } from "./reading/unit.ts";
import { findBase, typeOfBase } from "./select/base.ts";
import { refuseNoTest } from "./select/flag.ts";
import { refuseBrandAsBase, refuseEmptySinks, refuseEmptySources, refuseOutside } from "./select/refusals.ts";
import { type Selection, type SelectionScope, select, selectValues } from "./select/select.ts";
import { annotationOf } from "./syntax/annotation.ts";
import type { BaseTest } from "./tagging/leaves.ts";
import { type BaseType, tagOccurrences } from "./tagging/occurrences.ts";

/** A plain release and its branded counterpart, as declarations. */
export interface ReleasePair {
  readonly plain: readonly Selection[];
  readonly branded: readonly Selection[];
}

/** What the front end found: the graph, the question about it, and the syntax behind its positions. */
export interface Collected {
  readonly graph: FlowGraph;
  readonly question: Question;
  readonly positions: Positions;
  readonly base: BaseType;
  readonly releases: readonly ReleasePair[];
  readonly sources: readonly Selection[];
  /** What says at run time whether a value is branded. */
  readonly flag: Selection | undefined;
  readonly files: readonly ts.SourceFile[];
  /** What the flows were found with: the checker that knows the tags, and the occurrences behind them. */
  readonly context: FlowContext;
  /** Was everything that stands on this line searched for flows? */
  isRead(place: Place): boolean;
}

/** What may be asked of the collecting beyond its usual work. */
export interface CollectOptions {
  /** Of a part of a project: selectors that name files outside it mean nothing. */
  readonly isPart?: boolean;
  /** Search wherever the brand would come if the graph were as this says. */
  readonly widened?: (graph: FlowGraph, question: Question) => FlowGraph;
}

/**
 * From a project and a migration to constraints. Every written occurrence of the base becomes a type of its own, so
 * that the checker's inference says of every expression which occurrences its value comes from. `also` names lines to
 * search in any case.
 * @throws InputError when a selector or type name means nothing or too much
 */
export function collectFlows(
  loaded: LoadedProject,
  migration: Migration,
  workingDirectory: string,
  also: readonly Place[],
  { isPart = false, widened = (graph) => graph }: CollectOptions = {},
): Collected {
  refuseSyntaxErrors(loaded, (path) => relative(workingDirectory, path));
  // Making a checker binds the files: before that no node knows its parent.
  const plainChecker = loaded.program().getTypeChecker();
  const files = projectFiles(loaded);
  const scope: SelectionScope = { files, root: loaded.root, workingDirectory };
  const named = (selector: string) => valuesNamed(selector, scope, isPart);
  const sources = migration.sources.flatMap(named);
  const sinks = migration.sinks.flatMap(named);
  const releases = migration.releases.map(({ plain, branded }) => ({ plain: named(plain), branded: named(branded) }));
  const cuts = (migration.cuts ?? []).flatMap(named);
  const [flag] = migration.flag === undefined ? [] : named(migration.flag);
  const [first] = sources;
  if (first === undefined) throw new NoSource("no source; say what produces the brand with --source file.ts#function");

  const base = findBase(migration.base, first, scope, plainChecker);
  refuseBrandAsBase(migration, first, base);
  refuseNoTest(flag, base, plainChecker);
  const existing = migration.brand.includes("#") ? select(migration.brand, scope) : [];
  const brands = existing.map(({ declaration }) => declaration);
  // The base inside an existing brand's own declaration is what the brand is made of, not a place to put it.
  const occurrences = tagOccurrences(files, base, plainChecker, brands, mintingTests(migration, sources));
  const positions = createPositions({ root: loaded.root, workingDirectory }, occurrences);
  const context: FlowContext = {
    test: retypecheck(loaded, base),
    mode: migration.mode,
    positions,
    occurrences,
    sources: new Set(sources.map(({ declaration }) => declaration)),
  };

  const at = (selection: Selection) => positionsOf(selection, context);
  const question: Question = {
    producers: sources.flatMap(at),
    fixed: [
      ...sources,
      ...(migration.mode === "distinct" ? sinks : []),
      ...releases.flatMap(brandedParameters),
    ].flatMap(at),
    releases: new Set(releases.flatMap(plainParameters).flatMap(at)),
    becomes: new Map(
      releases.flatMap((release) => {
        const branded = brandedParameters(release).flatMap(at);
        return plainParameters(release).flatMap((plain) => at(plain).map((position) => [position, branded] as const));
      }),
    ),
    ...(cuts.length === 0 ? {} : { cuts: cuts.flatMap(at) }),
    // In subtype mode nothing makes what plain values join take the brand.
    ...(migration.mode === "subtype" ? { mixedStops: true } : {}),
  };
  refuseEmptySources(migration, sources, at);
  refuseEmptySinks(migration, sinks, at, context.test.checker);
  const wantedSinks = migration.mode === "subtype" ? sinks.flatMap(at) : [];
  const start = [...question.fixed, ...wantedSinks];
  const fileOf = new Map(files.map((file) => [positions.fileOf(file), file]));
  for (const place of also) refuseOutside(place, fileOf.get(place.file));
  const unitsOf = ({ file, line }: Place) => {
    const found = fileOf.get(file);
    return found === undefined ? [] : unitsAt(found, line);
  };
  const reach = (found: FlowGraph) => toRead(widened(found, question), question, wantedSinks);
  const { graph: found, read } = collect(context, files, start, also.flatMap(unitsOf), reach);
  const erasures = (migration.erasures ?? []).flatMap(({ out, back }) => [
    ...named(out)
      .flatMap(parametersOf)
      .flatMap(at)
      .map((position) => ["erased", position] as const),
    ...named(back)
      .flatMap(at)
      .map((position) => ["recovered", position] as const),
  ]);
  const graph = { ...found, hazards: [...found.hazards, ...hazardsOf(found, erasures)] };
  const restricted = restrictToSinks(graph, question, wantedSinks);
  const isRead = (place: Place) => unitsOf(place).every((unit) => read.has(unit));
  return { graph, question: restricted, positions, base, releases, sources, flag, files, context, isRead };
}

// A call of the way out erases what is given; the way back recovers it wherever it is called.
function hazardsOf(graph: FlowGraph, erasures: readonly (readonly [Hazard["kind"], PositionId])[]): readonly Hazard[] {
  return erasures.flatMap(([kind, position]): readonly Hazard[] => {
    const site = graph.positions.get(position)?.site;
    if (kind === "recovered") return site === undefined ? [] : [{ kind, position, construct: "way back", site }];
    const calls = graph.edges.filter(({ to }) => to === position);
    return calls.map((edge) => ({ kind, position: edge.from, construct: "way out", site: edge.site }));
  });
}

function valuesNamed(selector: string, scope: SelectionScope, isPart: boolean): readonly Selection[] {
  try {
    return selectValues(selector, scope);
  } catch (error) {
    if (isPart && error instanceof NoSuchFile) return [];
    throw error;
  }
}

// A plain value passes the test and is branded from there on; a brand that is no subtype no test can give.
function mintingTests({ mode }: Migration, sources: readonly Selection[]): readonly ts.TypePredicateNode[] {
  if (mode === "distinct") return [];
  return sources.flatMap(({ annotation }) =>
    annotation !== undefined && ts.isTypePredicateNode(annotation) ? [annotation] : [],
  );
}

// A new checker over the same trees, once the occurrences of the base are tagged in them.
function retypecheck(loaded: LoadedProject, base: BaseType): BaseTest {
  loaded.forget();
  const checker = loaded.program().getTypeChecker();
  return { base, checker, type: typeOfBase(base, checker) };
}

function brandedParameters(release: ReleasePair): readonly Selection[] {
  return release.branded.flatMap(parametersOf);
}

function plainParameters(release: ReleasePair): readonly Selection[] {
  return release.plain.flatMap(parametersOf);
}

function parametersOf(selection: Selection): readonly Selection[] {
  if (!ts.isFunctionLike(selection.declaration)) return [];
  return selection.declaration.parameters.map((declaration) => ({
    declaration,
    annotation: annotationOf(declaration),
    name: selection.name,
  }));
}

function positionsOf(selection: Selection, context: FlowContext): readonly PositionId[] {
  const { annotation, declaration } = selection;
  if (annotation === undefined) {
    return mentionsIn(declaration, context.test).map((mention) =>
      context.positions.inferred(declaration, mention.path),
    );
  }
  // Tagging may have put a new node where the annotation was, so the range decides.
  const isWithin = (node: ts.Node) => node.pos >= annotation.pos && node.end <= annotation.end;
  const inside = context.occurrences.within(declaration.getSourceFile()).filter(isWithin);
  return inside.map((node) => context.positions.writtenAt(node));
}

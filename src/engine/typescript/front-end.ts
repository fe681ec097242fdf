import { relative } from "node:path";
import { ts } from "ts-morph";
import type { FlowGraph, PositionId } from "../graph/graph.ts";
import type { Migration } from "../migration.ts";
import type { Place } from "../question.ts";
import { withBoundOutside } from "../solver/bound-outside.ts";
import { withAllFixed } from "../solver/by-definition.ts";
import { restrictToSinks } from "../solver/sinks.ts";
import type { Question } from "../solver/solve.ts";
import { toRead } from "../solver/to-read.ts";
import { mentionsIn } from "./flow/carrier.ts";
import type { FlowContext } from "./flow/flow-context.ts";
import { createKeptPlain } from "./positions/kept-plain.ts";
import { createPositions, type Positions } from "./positions/positions.ts";
import { type LoadedProject, projectFiles, refuseSyntaxErrors } from "./project/load.ts";
import { createVisibility } from "./project/references.ts";
import { erasureHazards, questionOf } from "./question-of.ts";
import { collect } from "./reading/collect.ts";
import { unitsAt } from "./reading/unit.ts";
import { adoptedAlias } from "./select/adopted.ts";
import { baseFor, findBase, typeOfBase } from "./select/base.ts";
import { brandHome } from "./select/brand-home.ts";
import { refuseNoTest } from "./select/flag.ts";
import { type Named, namedBy, type ReleasePair } from "./select/named.ts";
import {
  refuseBeyond,
  refuseBrandAsBase,
  refuseEmptySinks,
  refuseEmptySources,
  refuseOutside,
} from "./select/refusals.ts";
import { otherName, type Selection, type SelectionScope, select } from "./select/select.ts";
import { type BaseTest, mentions } from "./tagging/leaves.ts";
import { type BaseType, tagOccurrences } from "./tagging/occurrences.ts";
import { spellOutCalls } from "./tagging/open-calls.ts";
import { spellOut } from "./tagging/spelled-out.ts";
import { resolveAlias } from "./types/resolve-alias.ts";

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
  /** The alias of the base that is to become the brand. */
  readonly adopted: ts.TypeAliasDeclaration | undefined;
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
  const scope: SelectionScope = { files: projectFiles(loaded), root: loaded.root, workingDirectory };
  const named = namedBy(migration, scope, isPart);
  const base = findBase(migration.base, named.sources[0], scope, plainChecker);
  refuseBrandAsBase(migration, named.sources[0], base);
  refuseNoTest(named.flag, base, plainChecker);
  const adopted = adoptedAlias(migration.brand, base, scope, plainChecker);
  const context = tagged(loaded, migration, named, base, scope, adopted);

  const at = (selection: Selection) => positionsOf(selection, context);
  refuseEmptySources(migration, named.sources, at, context.test.checker);
  refuseEmptySinks(migration, named.sinks, at, context.test.checker);
  refuseBeyond(migration, [...named.sources, ...named.sinks], at, context.positions);
  const asked = questionOf(migration, named, at);
  const question = {
    ...asked,
    fixed: [...asked.fixed, ...(adopted === undefined ? [] : positionsIn(adopted, context))],
  };
  const sinks = migration.mode === "subtype" ? named.sinks.flatMap(at) : [];
  const unitsOf = unitFinder(context, scope.files, also);
  const bounded = (found: FlowGraph) => withBoundOutside(found, question);
  const reach = (found: FlowGraph) => toRead(widened(bounded(found), question), withAllFixed(found, question), sinks);
  const start = [...question.fixed, ...sinks];
  const { graph: found, read } = collect(context, scope.files, start, also.flatMap(unitsOf), reach);
  const graph = { ...bounded(found), hazards: [...found.hazards, ...erasureHazards(found, named.erasures, at)] };
  return {
    graph,
    question: restrictToSinks(graph, withAllFixed(graph, question), sinks),
    positions: context.positions,
    base,
    releases: named.releases,
    sources: named.sources,
    flag: named.flag,
    adopted,
    files: scope.files,
    context,
    isRead: (place) => unitsOf(place).every((unit) => read.has(unit)),
  };
}

// The base inside an existing brand's own declaration is what the brand is made of, not a place to put it.
function tagged(
  loaded: LoadedProject,
  migration: Migration,
  { sources, sinks }: Named,
  base: BaseType,
  scope: SelectionScope,
  adopted: ts.Node | undefined,
): FlowContext {
  const existing = migration.brand.includes("#") ? select(migration.brand, scope) : [];
  const brands = existing.map(({ declaration }) => declaration).filter((declaration) => declaration !== adopted);
  const home = adopted ?? existing[0]?.declaration ?? brandHome(base, sources, migration.mode);
  const canImport = home === undefined ? () => true : createVisibility(loaded, home.getSourceFile().fileName);
  const checker = loaded.program().getTypeChecker();
  const plainTest = { base, brands, checker, type: typeOfBase(base, checker) };
  const spelledOut = [
    ...sources.flatMap(({ declaration }) => spellOut(declaration, plainTest) ?? []),
    ...spellOutCalls(scope.files, plainTest),
  ];
  const tests = {
    asked: testsIn([...sources, ...sinks]),
    minting: migration.mode === "subtype" ? testsIn(sources) : [],
  };
  const occurrences = tagOccurrences(scope.files, base, checker, { but: brands, tests, spelledOut });
  const asked = new Set([...sources, ...sinks].map(({ declaration }) => declaration));
  const test = retypecheck(loaded, base, brands);
  const keptPlain = createKeptPlain({ canImport, mode: migration.mode, base, asked, checker: test.checker });
  return {
    positions: createPositions(scope, occurrences, keptPlain),
    test,
    mode: migration.mode,
    occurrences,
    sources: new Set(sources.map(({ declaration }) => declaration)),
  };
}

/** @throws InputError when a line to search is in none of the files */
function unitFinder(
  { positions }: FlowContext,
  files: readonly ts.SourceFile[],
  also: readonly Place[],
): (place: Place) => readonly ts.Node[] {
  const fileOf = new Map(files.map((file) => [positions.fileOf(file), file]));
  for (const place of also) refuseOutside(place, fileOf.get(place.file));
  return ({ file, line }) => {
    const found = fileOf.get(file);
    return found === undefined ? [] : unitsAt(found, line);
  };
}

function testsIn(selections: readonly Selection[]): readonly ts.TypePredicateNode[] {
  return selections.flatMap(({ annotation }) =>
    annotation !== undefined && ts.isTypePredicateNode(annotation) ? [annotation] : [],
  );
}

// A new checker over the same trees, once the occurrences of the base are tagged in them.
function retypecheck(loaded: LoadedProject, untagged: BaseType, brands: readonly ts.Node[]): BaseTest {
  loaded.forget();
  const checker = loaded.program().getTypeChecker();
  const base = baseFor(untagged, checker);
  return { base, brands, checker, type: typeOfBase(base, checker) };
}

function positionsOf(selection: Selection, context: FlowContext): readonly PositionId[] {
  const { annotation, declaration } = selection;
  if (annotation === undefined) {
    return mentionsIn(declaration, context.test).map((mention) =>
      context.positions.inferred(declaration, mention.path),
    );
  }
  return positionsIn(annotation, context, declaration.getSourceFile());
}

// Of what stands there under the name of an alias or of a member, `User["id"]`: those that the name stands for.
function positionsIn(
  type: ts.Node,
  context: FlowContext,
  file = type.getSourceFile(),
  seen: ReadonlySet<ts.Node> = new Set(),
): readonly PositionId[] {
  // Tagging may have put a new node where the annotation was, so the range decides.
  const isWithin = (node: ts.Node) => node.pos >= type.pos && node.end <= type.end;
  const inside = context.occurrences.within(file).filter(isWithin);
  if (inside.length > 0) return inside.map((node) => context.positions.writtenAt(node));
  const named = ts.isTypeNode(type) ? mentions(context.test.checker.getTypeFromTypeNode(type), context.test) : [];
  const tags = named.flatMap(({ leaf }) => leaf.tags);
  if (tags.length > 0) return [...new Set(tags.map((tag) => context.positions.written(tag)))];
  const isFollowed = (alias: ts.TypeAliasDeclaration) => !seen.has(alias) && otherName(alias.type) !== undefined;
  const behind = aliasesNamedIn(type, context.test.checker).filter(isFollowed);
  return behind.flatMap((alias) => positionsIn(alias.type, context, alias.getSourceFile(), new Set([...seen, alias])));
}

function aliasesNamedIn(type: ts.Node, checker: ts.TypeChecker): readonly ts.TypeAliasDeclaration[] {
  const name = ts.isTypeReferenceNode(type) ? type.typeName : ts.isImportTypeNode(type) ? type.qualifier : undefined;
  const symbol = name === undefined ? undefined : checker.getSymbolAtLocation(name);
  const found = symbol === undefined ? [] : (resolveAlias(symbol, checker).declarations ?? []);
  const inner: ts.TypeAliasDeclaration[] = [];
  ts.forEachChild(type, (child) => {
    inner.push(...aliasesNamedIn(child, checker));
  });
  return [...found.filter(ts.isTypeAliasDeclaration), ...inner];
}

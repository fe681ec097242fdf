import type { ts } from "ts-morph";
import type { FlowGraph, PositionId } from "../../graph/graph.ts";
import type { FlowContext } from "../flow/flow-context.ts";
import { besideMember } from "./beside.ts";
import { createFollower, type Follower, heirsAt } from "./follow.ts";
import { createReader, type Reader } from "./reader.ts";
import { unitOf } from "./unit.ts";
import { kindsToFollow, useKinds } from "./use-kind.ts";
import { createUseIndex } from "./uses.ts";
import { createWiderTypes, type WiderTypes } from "./wider-types.ts";

/** The flows found, and the units (statements, members of classes) they were found in. */
export interface Reading {
  readonly graph: FlowGraph;
  readonly read: ReadonlySet<ts.Node>;
}

/** Which positions are worth reading about, by the edges found so far. */
export type Reach = (graph: FlowGraph) => Iterable<PositionId>;

/**
 * The flows of the part of a project that the brand reaches. Where a reached position stands, and wherever a declaration
 * it belongs to is used, that unit is read, until nothing more is reached. The uses are read in portions, each larger
 * than the one before: after a few it may be known that the rest says nothing more. `also` are nodes whose units are read
 * in any case.
 *
 * Shortcomings: two types that meet where neither is named, and one of which wants no member of the other, are not seen
 * from here; what the compiler says of the edits is, and its line is read then.
 */
export function collect(
  context: FlowContext,
  files: readonly ts.SourceFile[],
  start: Iterable<PositionId>,
  also: readonly ts.Node[],
  reach: Reach,
): Reading {
  const { checker } = context.test;
  const index = createUseIndex(files, checker);
  const reader = createReader(context);
  const around = {
    context,
    reader,
    follower: createFollower(index, checker, reader),
    widerTypes: createWiderTypes(index, checker),
  };
  for (const node of also) reader.read(unitOf(node));
  const begun = new Map<PositionId, Iterator<void>>();
  const done = new Set<PositionId>();
  for (let ids = [...start]; ids.length > 0; ids = [...reach(reader.graph())].filter((id) => !done.has(id))) {
    for (const id of ids) {
      const portions = begun.get(id) ?? readAround(id, around);
      begun.set(id, portions);
      if (portions.next().done === true) done.add(id);
    }
  }
  return { graph: reader.graph(), read: reader.units };
}

interface Around {
  readonly context: FlowContext;
  readonly reader: Reader;
  readonly follower: Follower;
  readonly widerTypes: WiderTypes;
}

function* readAround(id: PositionId, { context, reader, follower, widerTypes }: Around): Generator<void> {
  const entry = context.positions.entries.get(id);
  if (entry === undefined) return;
  for (const node of [entry.node, ...besideMember(entry.node)]) reader.read(unitOf(node));
  const own = entry.names.flatMap((named) => follower.begin(named, kindsToFollow(entry.node, named.declaration)));
  const others = [...heirsAt(entry.node), ...widerTypes(entry.node)];
  yield* follower.portions([...own, ...others.flatMap((named) => follower.begin(named, useKinds))]);
}

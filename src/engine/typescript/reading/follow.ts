import { ts } from "ts-morph";
import { positionPath } from "../positions/position-path.ts";
import { isMember } from "../types/member.ts";
import { boundedBy, holdersOf } from "./holders.ts";
import type { Reader } from "./reader.ts";
import { suiteOf, unitOf } from "./unit.ts";
import { type UseKind, useKinds } from "./use-kind.ts";
import type { NamedDeclaration, UseIndex } from "./uses.ts";

/** The uses of a declaration, of one kind, and what they lead to. */
interface Following {
  readonly uses: readonly ts.Node[];
  /** How many of the uses were read. */
  taken: number;
  /** What holds the values of those that were read. */
  readonly next: Set<Following>;
}

/** Reads the units that use what is followed, and those that use what holds its values. */
export interface Follower {
  begin(named: NamedDeclaration, kinds: readonly UseKind[]): readonly Following[];
  /** Reads on until a portion is full; the next one is larger. */
  portions(followings: readonly Following[]): Generator<void>;
}

const firstPortion = 16;
const growth = 4;

/** A follower that has followed nothing. What is followed from several places is read once. */
export function createFollower(index: UseIndex, checker: ts.TypeChecker, reader: Reader): Follower {
  const known = { dropped: followings(), type: followings(), value: followings() };
  const ended = new Set<Following>();
  const instances = new Set<ts.Node>();
  const begin = (named: NamedDeclaration, kinds: readonly UseKind[]) =>
    isLocal(named.declaration) ? [] : kinds.map((kind) => follow(named, kind));
  const follow = (named: NamedDeclaration, kind: UseKind): Following => {
    const before = known[kind].get(named.declaration);
    if (before !== undefined) return before;
    const following = { uses: index.usesOf(named, kind), taken: 0, next: new Set<Following>() };
    known[kind].set(named.declaration, following);
    if (isHeir(named.declaration)) for (const member of named.declaration.members) reader.read(unitOf(member));
    return following;
  };
  const readInstances = (use: ts.Node): void => {
    const bounded = boundedBy(use).filter(({ declaration }) => !isLocal(declaration) && !instances.has(declaration));
    for (const { declaration } of bounded) instances.add(declaration);
    const all = bounded.flatMap((named) => useKinds.flatMap((kind) => index.usesOf(named, kind)));
    for (const each of all) reader.read(unitOf(each));
  };
  const readNext = (following: Following, use: ts.Node): void => {
    following.taken++;
    reader.read(unitOf(use));
    readInstances(use);
    const holders = [...holdersOf(use, checker), ...heirsAt(use)];
    for (const next of holders.flatMap((named) => begin(named, useKinds))) following.next.add(next);
  };
  return {
    begin,
    *portions(starts) {
      const queue = new Set(starts);
      let size = firstPortion;
      let full = reader.units.size + size;
      // The set grows while it is walked.
      for (const following of queue) {
        if (ended.has(following)) continue;
        for (let use = following.uses[following.taken]; use !== undefined; use = following.uses[following.taken]) {
          readNext(following, use);
          if (reader.units.size < full) continue;
          yield;
          size *= growth;
          full = reader.units.size + size;
        }
        for (const next of following.next) queue.add(next);
      }
      for (const following of queue) ended.add(following);
    },
  };
}

function followings(): Map<ts.Node, Following> {
  return new Map();
}

/** What a clause names is what its class or interface is: `this.row` in `class Rows extends Store<Page>` names neither. */
export function heirsAt(use: ts.Node): readonly NamedDeclaration[] {
  const clause = ts.findAncestor(use, ts.isHeritageClause);
  return clause === undefined ? [] : positionPath(clause.parent).names;
}
function isHeir(declaration: ts.Node): declaration is ts.ClassLikeDeclaration {
  return ts.isClassLike(declaration) && (declaration.heritageClauses ?? []).length > 0;
}

// What is named inside a function is used inside it, and a function is read as a whole, but for a suite of tests. Members
// leave with their object.
function isLocal(declaration: ts.Node): boolean {
  if (isMember(declaration)) return false;
  if (ts.isParameter(declaration) && ts.isParameterPropertyDeclaration(declaration, declaration.parent)) return false;
  return suiteOf(declaration) === undefined && ts.findAncestor(declaration.parent, ts.isFunctionLike) !== undefined;
}

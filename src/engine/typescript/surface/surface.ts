import { ts } from "ts-morph";
import { annotationChanges, type Solved } from "../../answer/changes.ts";
import type { SurfaceChange } from "../../answer/report.ts";
import type { PositionId } from "../../graph/graph.ts";
import type { Mode } from "../../migration.ts";
import type { Collected } from "../front-end.ts";
import type { LoadedProject } from "../project/load.ts";
import { packageEntries } from "../project/package-entries.ts";
import { resolveAlias } from "../types/resolve-alias.ts";
import { type Place, placesIn } from "./places.ts";

/**
 * Which exports of the package's entries have another type afterwards, and whether their consumers notice. A type that
 * is exported itself is told of once, under its own name, not again in each function that takes or gives it.
 *
 * Shortcomings: an array or map that is given out counts as produced, though a consumer may also store into it; types
 * are looked at, not the code of consumers.
 */
export function surfaceOf(loaded: LoadedProject, collected: Collected, solved: Solved): readonly SurfaceChange[] {
  const changed = new Map(annotationChanges(solved).map(({ position, kind }) => [position, kind]));
  if (changed.size === 0) return [];
  const checker = loaded.program().getTypeChecker();
  const exports = packageEntries(loaded).flatMap(({ entry, file }) => {
    const module = checker.getSymbolAtLocation(file);
    return module === undefined ? [] : exportsOf(module, "", checker).map((each) => ({ ...each, entry }));
  });
  const named = new Set(exports.map(({ symbol }) => symbol));
  const byNode = nodesOf(collected, changed);
  const { occurrences } = collected.context;
  return exports.flatMap(({ entry, name, symbol }) => {
    const nodeOf = (place: Place) => {
      if (place.kind !== "tag") return place.declaration;
      return occurrences.spelledOut(place.tag)?.declaration ?? occurrences.tagged(place.tag);
    };
    const changes = new Map<PositionId, SurfaceChange["change"]>();
    for (const place of placesIn(symbol, named, checker)) {
      const node = nodeOf(place);
      const ids = node === undefined ? undefined : byNode.get(node);
      for (const id of ids ?? []) changes.set(id, both(changes.get(id), place.change));
    }
    return [...changes].map(([position, change]): SurfaceChange => {
      const breaks = isBreaking(solved.migration.mode, change, changed.get(position) === "union");
      return { entry, export: name, position, change, breaks };
    });
  });
}

interface Exported {
  readonly name: string;
  readonly symbol: ts.Symbol;
}

// `export * as mm` and namespaces are looked into.
function exportsOf(module: ts.Symbol, prefix: string, checker: ts.TypeChecker): readonly Exported[] {
  return checker.getExportsOfModule(module).flatMap((each) => {
    const symbol = resolveAlias(each, checker);
    const name = `${prefix}${each.name}`;
    const inner = symbol.flags & ts.SymbolFlags.Module && !prefix.includes(`${each.name}.`);
    return [{ name, symbol }, ...(inner ? exportsOf(symbol, `${name}.`, checker) : [])];
  });
}

// The tags in a type say where it is written. A source without annotation is written nowhere.
type Changed = ReadonlyMap<PositionId | null, unknown>;
type ByNode = ReadonlyMap<ts.Node, readonly PositionId[]>;

function nodesOf({ positions }: Collected, changed: Changed): ByNode {
  const found = new Map<ts.Node, PositionId[]>();
  for (const id of changed.keys()) {
    const entry = id === null ? undefined : positions.entries.get(id);
    if (entry === undefined) continue;
    found.set(entry.node, [...(found.get(entry.node) ?? []), entry.position.id]);
  }
  return found;
}

function both(before: SurfaceChange["change"] | undefined, change: SurfaceChange["change"]): SurfaceChange["change"] {
  return before === undefined || before === change ? change : "both";
}

// A union still takes what was taken before. In subtype mode what is received passes as it did.
function isBreaking(mode: Mode, change: SurfaceChange["change"], isUnion: boolean): boolean {
  if (change === "consumed") return !isUnion;
  return mode === "distinct" || change === "both";
}

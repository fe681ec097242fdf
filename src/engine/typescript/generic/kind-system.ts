import { ts } from "ts-morph";
import type { FlowEdge, PositionId } from "../../graph/graph.ts";
import type { KindInstance, KindNode, KindSystem } from "../../solver/kind-flows.ts";
import type { Solution } from "../../solver/solve.ts";
import type { PositionEntry } from "../positions/positions.ts";
import { innermost, type Place, placeKey, siteOf } from "./call-sites.ts";
import type { HolderRun } from "./holder-run.ts";
import { copiesOf, objectsAt } from "./object-at.ts";
import { functionAround, type GenericFunction, keyOf, roleIn, typeAround } from "./owner.ts";
import { declarationKey, isOfCallback, isOutside, madeAround, memberOf, type Run, runOf } from "./run.ts";

/** What the variables are made of. */
export interface KindRequest {
  readonly pages: Run;
  readonly solution: Solution;
  /** By the key of their declaration. */
  readonly holders: ReadonlyMap<string, HolderRun>;
  /** Functions that stay as they are. */
  readonly fixed: ReadonlySet<string>;
}

/** The variables, and which of them a place means. */
export interface KindPlaces {
  readonly system: KindSystem;
  /** None where the holder whose member it is cannot be told. */
  variablesAt(
    run: Run,
    position: PositionId,
    edge: Pick<FlowEdge, "site" | "callee">,
    end: "from" | "to",
  ): readonly string[];
  variableOf(run: Run, position: PositionId): string;
  /** The holder that a position is declared in. */
  holderOf(entry: PositionEntry): HolderRun | undefined;
}

/** One variable for every reference and every mixed position, with the ties between them. */
export function kindSystem(request: KindRequest): KindPlaces {
  const { pages, solution, holders, fixed } = request;
  const nodes = new Map<string, KindNode>();
  const into: [string, string][] = [];
  const seeds: [string, "brand" | "plain"][] = [];
  const instances = new Map<string, KindInstance>();
  // Where a literal is made: nobody has had it before, so that what it holds goes on with it, and not back.
  const fresh = new Set<string>();

  const holderOf = ({ node }: Pick<PositionEntry, "node">) => {
    const around = typeAround(node);
    return around === undefined ? undefined : holders.get(declarationKey(around));
  };
  const variableOf = (run: Run, id: PositionId) => `${run.name} ${id}`;
  const ownerOf = (node: ts.Node | undefined): GenericFunction | undefined => {
    const around = node === undefined ? undefined : functionAround(node);
    return around === undefined || fixed.has(keyOf(around)) ? undefined : around;
  };

  const register = (run: Run, id: PositionId, { node, position }: PositionEntry): string => {
    const key = variableOf(run, id);
    if (nodes.has(key)) return key;
    const owner = ownerOf(node);
    const role = owner === undefined ? "inner" : roleIn(node, owner);
    const isReference = run !== pages;
    const isReturn = role === "return";
    const isPassed = role === "parameter";
    const common = { owner: owner === undefined ? undefined : keyOf(owner), isPassed };
    const way = role === "inner" ? "inner" : isReturn ? "out" : "in";
    nodes.set(key, { ...common, way });
    const isNested = ["element", "type-argument", "tuple-slot"].includes(position.kind);
    if (isReference || isNested) {
      nodes.set(storedIn(key), { ...common, way: role === "inner" ? "inner" : isReturn ? "in" : "out" });
      into.push([storedIn(key), key]);
    }
    return key;
  };

  const variablesAt = (run: Run, id: PositionId, place: Place, end: "from" | "to", depth = 0): readonly string[] => {
    const entry = run.entries.get(id);
    if (entry === undefined || depth > 4) return [];
    const holder = holderOf(entry);
    if (holder !== undefined) return throughObject(holder, entry, place, end, depth);
    const key = register(run, id, entry);
    const owner = ownerOf(entry.node);
    const around = ownerOf(innermost(run.files.get(place.site.file), place.site.start, place.site.end));
    const known = nodes.get(key);
    if (owner === undefined || known === undefined || known.way === "inner") return [key];
    if (around !== undefined && keyOf(around) === keyOf(owner)) return [key];
    const site = siteOf(run, place, end);
    const at = `${site} ${key}`;
    if (nodes.has(at)) return [at];
    for (const [here, of] of [
      [at, key],
      [storedIn(at), storedIn(key)],
    ] as const) {
      const node = nodes.get(of);
      if (node === undefined) continue;
      nodes.set(here, {
        ...node,
        owner: around === undefined ? undefined : keyOf(around),
        way: "inner",
        isPassed: false,
      });
      instances.set(here, { at: here, of, site });
    }
    if (nodes.has(storedIn(at))) into.push([storedIn(at), at]);
    return [at];
  };

  const throughObject = (
    holder: HolderRun,
    { node }: PositionEntry,
    place: Place,
    end: "from" | "to",
    depth: number,
  ): readonly string[] => {
    const file = holder.files.get(place.site.file);
    const { fileName, start, end: last } = holder.holder;
    if (file === undefined) return [];
    if (file.fileName === fileName && start <= place.site.start && place.site.end <= last) return [selfOf(holder)];
    const member = memberOf(node);
    if (member === undefined) return [];
    const use = { member, start: place.site.start, end: place.site.end };
    const run = runOf(holder);
    const objects = objectsAt(file, use, end);
    if (end === "to" && objects.every(ts.isObjectLiteralExpression)) fresh.add(placeKey(place));
    const found = objects.flatMap((object) =>
      holder
        .referencesOf(object)
        .flatMap((reference) =>
          variablesAt(run, reference, { site: holder.context.positions.siteOf(object) }, "from", depth + 1),
        ),
    );
    if (found.length > 0 || end === "from") return [...new Set(found)];
    const made = madeAround(run, place.site);
    return made === undefined ? [] : variablesAt(run, made.to, made, "to", depth + 1);
  };

  for (const holder of holders.values()) {
    nodes.set(selfOf(holder), { owner: undefined, way: "inner", isPassed: false });
    const run = runOf(holder);
    for (const [id, entry] of run.entries) {
      if (holderOf(entry) === undefined && entry.position.annotation !== "external") register(run, id, entry);
    }
    for (const edge of run.graph.edges) {
      if (isOutside(run, edge)) continue;
      const from = variablesAt(run, edge.from, edge, "from");
      const to = variablesAt(run, edge.to, edge, "to");
      for (const one of from) {
        for (const other of to) {
          share(one, other);
          if (isInHolder(run, edge.to) && !isOfCallback(run, edge.to)) into.push([one, storable(other)]);
        }
      }
      if (from.length === 0 || to.length === 0) unknown([...from, ...to]);
    }
  }
  for (const edge of [...pages.graph.edges, ...[...holders.values()].flatMap(copiesIn)]) pageEdge(edge);
  // What is released on the spot, such as a member of what a call returns, may be met nowhere else.
  for (const edge of [...solution.releases, ...solution.exits]) variablesAt(pages, edge.from, edge, "from");
  return {
    system: { nodes, into, seeds, instances: [...instances.values()] },
    variablesAt,
    variableOf,
    holderOf,
  };

  function pageEdge(edge: FlowEdge): void {
    const [source, target] = [solution.labels.get(edge.from), solution.labels.get(edge.to)];
    if (target !== "mixed" || edge.channel === "lookup" || isOutside(pages, edge)) return;
    const found = variablesAt(pages, edge.to, edge, "to");
    const isStored = isInHolder(pages, edge.to) ? !fresh.has(placeKey(edge)) : edge.channel === "store";
    const to = isStored ? found.map(storable) : found;
    if (source !== "mixed") {
      for (const each of to) seeds.push([each, source ?? "plain"]);
      return;
    }
    const from = variablesAt(pages, edge.from, edge, "from");
    for (const one of from) for (const other of to) into.push([one, other]);
    if (edge.channel === "alias") for (const one of from) for (const other of found) share(one, other);
    if (from.length === 0) unknown(to);
  }

  // All that goes into a member of a holder stays there.
  function isInHolder(run: Run, id: PositionId): boolean {
    const entry = run.entries.get(id);
    return entry !== undefined && holderOf(entry) !== undefined;
  }

  // Two names for one storage: what is there is seen through both, and so is what is put there through the second.
  function share(one: string, other: string): void {
    into.push([one, other]);
    if (nodes.has(storedIn(other))) into.push([storedIn(other), storable(one)]);
  }

  function storable(variable: string): string {
    return nodes.has(storedIn(variable)) ? storedIn(variable) : variable;
  }

  // `{ page: other.page }`: from one instance to another of the same type, which is no flow between positions.
  function copiesIn(holder: HolderRun): readonly FlowEdge[] {
    const mixed = [...pages.entries].filter(
      ([id, entry]) => solution.labels.get(id) === "mixed" && holderOf(entry) === holder,
    );
    return mixed.flatMap(([id, { node }]) => {
      const member = memberOf(node);
      if (member === undefined) return [];
      return [...holder.files.values()].flatMap((file) =>
        copiesOf(file, member).map((value): FlowEdge => {
          const site = holder.context.positions.siteOf(value);
          return { from: id, to: id, channel: "store", construct: "property", site, enforced: true, nested: false };
        }),
      );
    });
  }

  function unknown(all: readonly string[]): void {
    for (const each of all) seeds.push([each, "brand"], [each, "plain"]);
  }
}

// What is put there, as opposed to what may be there.
function storedIn(variable: string): string {
  return `${variable} (stored)`;
}

/** Is the variable of what is put there? */
export function isStored(variable: string): boolean {
  return variable.endsWith(" (stored)");
}

/** The variable of a holder's own parameter. */
export function selfOf({ holder }: HolderRun): string {
  return `self ${holder.fileName} ${holder.start}`;
}

/** What a kind variable stands for: one kind alone, either, or what a caller says. */
export type Kind = "brand" | "plain" | "mixed" | { readonly parameter: string };

/** A kind variable: what one place, or the content of what one reference leads to, can be. */
export interface KindNode {
  /** The function that may be generic in it, by a key; undefined where there is none. */
  readonly owner: string | undefined;
  /** Do callers put something in, do they get something out, or neither? */
  readonly way: "in" | "out" | "inner";
  /** Does a call say what it is, by an argument that it passes? */
  readonly isPassed: boolean;
}

/** `at` stands for `of`, in the head of a function, at one place where that is called. */
export interface KindInstance {
  readonly at: string;
  readonly of: string;
  readonly site: string;
}

type Pair = readonly [string, string];

/** Variables and what ties them together. */
export interface KindSystem {
  readonly nodes: ReadonlyMap<string, KindNode>;
  /** What is in the first is in the second. */
  readonly into: readonly Pair[];
  readonly seeds: readonly (readonly [string, "brand" | "plain"])[];
  readonly instances: readonly KindInstance[];
}

/** A type parameter of a function, and whether its calls say what it is. */
export interface KindParameter {
  readonly name: string;
  readonly isPassed: boolean;
}

/** The kind of every variable, and the parameters of each generic function in order. */
export interface KindAnswer {
  kindOf(node: string): Kind;
  readonly parameters: ReadonlyMap<string, readonly KindParameter[]>;
}

type Kinds = Map<string, Set<"brand" | "plain">>;

/**
 * Kinds in the manner of qualifier inference with polymorphism (Foster, Fähndrich and Aiken 1999): what flows in at one
 * call of a function comes out at that call alone. A function is generic in what its own body says nothing about and its
 * callers disagree on.
 */
export function solveKinds(system: KindSystem): KindAnswer {
  const into = [...system.into, ...throughCalls(system)];
  const isWay = ({ of }: KindInstance, way: KindNode["way"]) => system.nodes.get(of)?.way === way;
  const up = system.instances.filter((each) => isWay(each, "out")).map(({ at, of }) => [of, at] as const);
  const down = system.instances.filter((each) => isWay(each, "in")).map(({ at, of }) => [at, of] as const);
  const inside = [...into, ...up];
  const everywhere = [...into, ...down];
  const isOwned = (node: string) => system.nodes.get(node)?.owner !== undefined;
  const first = spread(entriesOf(spread(system.seeds, inside)), everywhere);
  let own = spread([...system.seeds, ...uncalled(system, first)], inside);
  let all = spread(entriesOf(own), everywhere);
  // What is in no function is of the kinds that arrive there, whoever brings them.
  for (let size = -1; size !== sizeOf(own); ) {
    size = sizeOf(own);
    own = spread([...entriesOf(own), ...entriesOf(all).filter(([node]) => !isOwned(node))], inside);
    all = spread(entriesOf(own), everywhere);
  }
  const ownerOf = (node: string) => system.nodes.get(node)?.owner;
  const isOpen = (node: string) =>
    (own.get(node)?.size ?? 0) === 0 && all.get(node)?.size === 2 && ownerOf(node) !== undefined;
  const isOneParameter = ([from, to]: Pair) => isOpen(from) && isOpen(to) && ownerOf(from) === ownerOf(to);
  const groupOf = joined(into.filter(isOneParameter));
  const parameters = parametersOf(system, isOpen, groupOf);
  const known = new Set([...parameters.values()].flat().map(({ name }) => name));
  return {
    parameters,
    kindOf: (node) => {
      const kinds = all.get(node);
      if (kinds?.size !== 2) return kinds?.has("brand") === true ? "brand" : "plain";
      const parameter = isOpen(node) ? groupOf(node) : "";
      return known.has(parameter) ? { parameter } : "mixed";
    },
  };
}

// Who calls from outside may bring either kind, unless what is done with it says which.
function uncalled({ nodes, instances }: KindSystem, kinds: Kinds): readonly (readonly [string, "brand" | "plain"])[] {
  const called = new Set(instances.map(({ of }) => of));
  const silent = [...nodes].filter(
    ([node, { way, isPassed }]) => way === "in" && isPassed && !called.has(node) && !kinds.has(node),
  );
  return silent.flatMap(([node]) => [[node, "brand"] as const, [node, "plain"] as const]);
}

function parametersOf(
  { nodes }: KindSystem,
  isOpen: (node: string) => boolean,
  groupOf: (node: string) => string,
): KindAnswer["parameters"] {
  const groups = new Map<string, (KindNode & { readonly owner: string })[]>();
  for (const [node, each] of nodes) {
    const { owner } = each;
    if (owner === undefined || !isOpen(node)) continue;
    const group = groups.get(groupOf(node));
    if (group === undefined) groups.set(groupOf(node), [{ ...each, owner }]);
    else group.push({ ...each, owner });
  }
  const parameters = new Map<string, KindParameter[]>();
  for (const [name, group] of groups) {
    const [first] = group;
    // A union does for what is only looked at or kept.
    if (first === undefined || !group.some(({ way }) => way === "out")) continue;
    const parameter = { name, isPassed: group.some(({ isPassed }) => isPassed) };
    parameters.set(first.owner, [...(parameters.get(first.owner) ?? []), parameter]);
  }
  return parameters;
}

// What goes into a function and comes out of it somewhere else does so at each of its calls.
function throughCalls({ nodes, into, instances }: KindSystem): readonly Pair[] {
  const sites = bySite(instances);
  const found = new Map<string, Pair>();
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    const reach = createReach([...into, ...found.values()]);
    for (const group of sites.values()) {
      for (const one of group.filter(({ of }) => nodes.get(of)?.way === "in")) {
        const reached = reach(one.of);
        const others = group.filter(({ of }) => nodes.get(of)?.way === "out" && reached.has(of));
        for (const { at } of others) found.set(`${one.at}\n${at}`, [one.at, at]);
      }
    }
  }
  return [...found.values()];
}

function bySite(instances: readonly KindInstance[]): ReadonlyMap<string, readonly KindInstance[]> {
  const sites = new Map<string, KindInstance[]>();
  for (const each of instances) sites.set(each.site, [...(sites.get(each.site) ?? []), each]);
  return sites;
}

function createReach(edges: readonly Pair[]): (start: string) => ReadonlySet<string> {
  const out = targets(edges);
  const known = new Map<string, ReadonlySet<string>>();
  return (start) => {
    const before = known.get(start);
    if (before !== undefined) return before;
    const found = new Set([start]);
    // The set grows while it is walked.
    for (const node of found) for (const to of out.get(node) ?? []) found.add(to);
    known.set(start, found);
    return found;
  };
}

function targets(edges: readonly Pair[]): ReadonlyMap<string, readonly string[]> {
  const out = new Map<string, string[]>();
  for (const [from, to] of edges) {
    const before = out.get(from);
    if (before === undefined) out.set(from, [to]);
    else before.push(to);
  }
  return out;
}

function spread(seeds: Iterable<readonly [string, "brand" | "plain"]>, edges: readonly Pair[]): Kinds {
  const out = targets(edges);
  const kinds: Kinds = new Map();
  const queue = [...seeds];
  // The queue grows while it is walked.
  for (const [node, kind] of queue) {
    const before = kinds.get(node) ?? new Set();
    if (before.has(kind)) continue;
    kinds.set(node, before.add(kind));
    for (const to of out.get(node) ?? []) queue.push([to, kind]);
  }
  return kinds;
}

function joined(pairs: readonly Pair[]): (node: string) => string {
  const above = new Map<string, string>();
  const topOf = (node: string): string => {
    let top = node;
    for (let next = above.get(top); next !== undefined; next = above.get(top)) top = next;
    return top;
  };
  for (const [one, other] of pairs) {
    const [a, b] = [topOf(one), topOf(other)];
    if (a !== b) above.set(a, b);
  }
  return topOf;
}

function entriesOf(kinds: Kinds): readonly (readonly [string, "brand" | "plain"])[] {
  return [...kinds].flatMap(([node, each]) => [...each].map((kind) => [node, kind] as const));
}

function sizeOf(kinds: Kinds): number {
  return entriesOf(kinds).length;
}

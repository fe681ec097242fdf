import type { FlowEdge, FlowGraph, PositionId, TypePosition } from "../graph/graph.ts";

/** What a reached position can hold: only branded values, or plain ones too. All other positions are `base`. */
export type Label = "base" | "brand" | "mixed";

/** What the solver is asked; positions only, so that any front end can ask it. */
export interface Question {
  /** Where the brand comes from; hops are counted from here. */
  readonly producers: readonly PositionId[];
  /** All positions that are branded by definition: producers, and in distinct mode the sinks and branded releases. */
  readonly fixed: readonly PositionId[];
  /** The only positions to edit, where sinks say what the brand is for; undefined when every reached one may be. */
  readonly wanted?: ReadonlySet<PositionId>;
  /** Positions that could be branded as well, with the casts further back, for the same price. */
  readonly alternatives?: readonly PositionId[];
  /** Where a strategy is to stop. */
  readonly cuts?: readonly PositionId[];
  /** Does the brand end where plain values join it? So it is where nothing that such a position flows into can be branded. */
  readonly mixedStops?: boolean;
  /** Are plain values that tests make branded where they leave the tests, and mix nothing? */
  readonly testsMint?: boolean;
  /** Parameters of plain releases: a flow into one is a call to convert, not a flow that goes on. */
  readonly releases: ReadonlySet<PositionId>;
  /** The parameters of the branded release that a call becomes, by a parameter of the plain one. */
  readonly becomes?: ReadonlyMap<PositionId, readonly PositionId[]>;
}

/** One reached position: which edge brought the brand, against the edge's direction when the storage is shared, in how many hops. */
export interface Demand {
  readonly position: PositionId;
  readonly because: { readonly edge: FlowEdge; readonly from: PositionId } | null;
  readonly depth: number;
}

/** The least labelling that honours every flow, and the edges at which it stops. */
export interface Solution {
  readonly demands: ReadonlyMap<PositionId, Demand>;
  readonly labels: ReadonlyMap<PositionId, "brand" | "mixed">;
  /** Flows of plain values into a position that is branded by definition, and look-ups of them among branded ones. */
  readonly mints: readonly FlowEdge[];
  /** Flows of branded values into plain releases. */
  readonly releases: readonly FlowEdge[];
  /** Flows of branded values into positions that no edit can change. */
  readonly exits: readonly FlowEdge[];
}

/** The graph's edges by their ends. */
export interface Adjacency {
  readonly outOf: ReadonlyMap<PositionId, readonly FlowEdge[]>;
  readonly into: ReadonlyMap<PositionId, readonly FlowEdge[]>;
}

/** A position's label, and how the brand got there; of all that no edge stops. */
export interface Labelling extends Pick<Solution, "demands" | "labels"> {
  /** The flows that go on. */
  readonly passable: readonly FlowEdge[];
}

/** Labels to a fixpoint: the brand forward from what is fixed, then plain values through what the brand reached. */
export function label(graph: FlowGraph, question: Question): Labelling {
  const passable = graph.edges.filter((edge) => !stopsAt(graph, question, edge));
  // A brand that passes as the base may be looked up among plain values, and no kind is made by what is stored later.
  const isIdle = (edge: FlowEdge) => (isLookup(edge) && question.mixedStops === true) || isAssignedLater(graph, edge);
  const edges = adjacency(passable.filter((edge) => !isIdle(edge)));
  const fixed = new Set(question.fixed);
  const entered = new Set(graph.edges.map(({ to }) => to));
  const shared = passable.filter((edge) => mayShare(graph, question, edge, entered));
  const spread = { outOf: edges.outOf, into: groupBy(shared, ({ to }) => to) };
  const reached = spreadBrand(spread, question, () => true);
  const plain = spreadPlain(graph, edges, reached, question);
  const isBranded = (position: PositionId) => fixed.has(position) || !plain.has(position);
  const demands = question.mixedStops === true ? spreadBrand(spread, question, isBranded) : reached;
  const labels = new Map<PositionId, "brand" | "mixed">();
  for (const position of demands.keys()) labels.set(position, plain.has(position) ? "mixed" : "brand");
  return { passable, demands, labels };
}

/** The labels, and the edges at which the brand stops or plain values enter. */
export function solve(graph: FlowGraph, question: Question): Solution {
  const { passable, demands, labels } = label(graph, question);
  const fixed = new Set(question.fixed);
  const kept = keptLabels(graph, question, labels);
  const isBrand = (position: PositionId) => kept.get(position) === "brand";
  const isGiven = ({ from, given }: FlowEdge, is: (position: PositionId) => boolean) =>
    given !== undefined && kept.get(from) === "mixed" && given.every(is);
  const isStopped = (edge: FlowEdge) =>
    stopsAt(graph, question, edge) || (isAssignedLater(graph, edge) && !labels.has(edge.to));
  const stopped = graph.edges.filter((edge) => demands.has(edge.from) && isStopped(edge));
  return {
    demands,
    labels,
    mints: passable.filter(
      (edge) =>
        !isBrand(edge.from) &&
        !isGiven(edge, isBrand) &&
        (edge.beside ?? []).every(isBrand) &&
        (isKeptOut(graph, question, edge) ? isBrand(edge.to) : fixed.has(edge.to) && !mayMix(graph, question, edge)),
    ),
    releases: stopped.filter((edge) => question.releases.has(edge.to)),
    exits: stopped.filter(
      (edge) =>
        !question.releases.has(edge.to) &&
        !isComparable(edge, labels) &&
        !isGiven(edge, (position) => !labels.has(position)),
    ),
  };
}

/** Of these labels, what positions hold once no others are edited than those that are wanted. */
export function keptLabels(graph: FlowGraph, question: Question, labels: Solution["labels"]): Solution["labels"] {
  return question.wanted === undefined ? labels : label(withoutEntering(graph, question.wanted), question).labels;
}

// What is not edited says that it holds a plain value, wherever that came from.
function withoutEntering(graph: FlowGraph, wanted: ReadonlySet<PositionId>): FlowGraph {
  const isLeft = (id: PositionId) => graph.positions.get(id)?.annotation === "written" && !wanted.has(id);
  return { ...graph, edges: graph.edges.filter(({ to }) => !isLeft(to)) };
}

/** The edges by the position they leave and by the position they enter. */
export function adjacency(edges: readonly FlowEdge[]): Adjacency {
  return { outOf: groupBy(edges, (edge) => edge.from), into: groupBy(edges, (edge) => edge.to) };
}

function groupBy(edges: readonly FlowEdge[], end: (edge: FlowEdge) => PositionId): Map<PositionId, FlowEdge[]> {
  const groups = new Map<PositionId, FlowEdge[]>();
  for (const edge of edges) {
    const group = groups.get(end(edge));
    if (group === undefined) groups.set(end(edge), [edge]);
    else group.push(edge);
  }
  return groups;
}

function stopsAt(graph: FlowGraph, question: Question, edge: FlowEdge): boolean {
  return question.releases.has(edge.to) || graph.positions.get(edge.to)?.annotation === "external";
}

// Two brands can be compared, and a mixture with either kind.
function isComparable({ from, beside, besideGiven, ordered }: FlowEdge, labels: Solution["labels"]): boolean {
  if (beside === undefined) return false;
  const isMixed = (position: PositionId) => labels.get(position) === "mixed";
  const others = besideGiven !== undefined && beside.every(isMixed) ? besideGiven : beside;
  return (ordered !== true && isMixed(from)) || others.some((position) => labels.has(position));
}

function isLookup({ channel }: FlowEdge): boolean {
  return channel === "lookup";
}

// What is branded by definition stays so, but a container that a caller lends may hold plain values of the caller's,
// unless it is on the way to a sink.
function mayMix(graph: FlowGraph, { wanted }: Question, edge: FlowEdge): boolean {
  return wanted === undefined && edge.channel === "alias" && graph.positions.get(edge.to)?.lent === true;
}

// What is made of plain values on the spot stays so; and where only some positions are edited, what a plain container is
// passed to does not brand what it was made of, nor a container that nothing of the project goes into.
function mayShare(
  graph: FlowGraph,
  { wanted }: Question,
  { from, channel }: FlowEdge,
  entered: ReadonlySet<PositionId>,
): boolean {
  const position = graph.positions.get(from);
  if (channel !== "alias" || position?.kind === "creation") return false;
  return wanted === undefined || wanted.has(from) || (position?.annotation === "inferred" && entered.has(from));
}

// Which plain values mix nothing where they arrive: they are branded there.
function isKeptOut(graph: FlowGraph, question: Question, edge: FlowEdge): boolean {
  return isLookup(edge) || isOfTest(graph, question, edge) || isAssignedLater(graph, edge);
}

function isAssignedLater({ positions }: FlowGraph, { to, construct, nested }: FlowEdge): boolean {
  return !nested && assigning.has(construct) && positions.get(to)?.closed === true;
}

const assigning: ReadonlySet<string> = new Set(["assignment", "operator"]);

// A test that makes values of its own says nothing of what the position is for: they are made branded instead.
function isOfTest(
  { positions }: FlowGraph,
  { testsMint, wanted }: Question,
  { from, to, declared }: FlowEdge,
): boolean {
  if (testsMint !== true || wanted !== undefined || declared === true) return false;
  return positions.get(from)?.test === true && positions.get(to)?.test === false;
}

interface Arrival extends Demand {
  readonly stored: boolean;
}

// Breadth-first, so following `because` from any demand gives a shortest explanation.
// What is branded by definition but reached from no producer comes last, with everything that only it reaches.
function spreadBrand(
  edges: Adjacency,
  { producers, fixed }: Question,
  passes: (position: PositionId) => boolean,
): Map<PositionId, Demand> {
  const demands = new Map<PositionId, Demand>();
  const stored = new Set<PositionId>();
  for (const starts of [producers, fixed]) {
    const queue: Arrival[] = starts.map((position) => ({ position, because: null, depth: 0, stored: true }));
    arrive(edges, queue, passes, demands, stored);
  }
  return demands;
}

// The queue grows while it is walked.
function arrive(
  edges: Adjacency,
  queue: Arrival[],
  passes: (position: PositionId) => boolean,
  demands: Map<PositionId, Demand>,
  stored: Set<PositionId>,
): void {
  for (const arrival of queue) {
    const { position, because, depth } = arrival;
    if (!demands.has(position)) {
      demands.set(position, { position, because, depth });
      if (!passes(position)) continue;
      for (const edge of edges.outOf.get(position) ?? []) {
        queue.push(arriveAt(edge.to, edge, position, depth, edge.channel === "store"));
      }
    }
    if (arrival.stored && !stored.has(position) && passes(position)) {
      stored.add(position);
      for (const edge of aliasesOf(edges, position)) queue.push(arriveAt(edge.from, edge, position, depth, true));
    }
  }
}

function arriveAt(to: PositionId, edge: FlowEdge, from: PositionId, depth: number, stored: boolean): Arrival {
  return { position: to, because: { edge, from }, depth: depth + 1, stored };
}

function aliasesOf(edges: Adjacency, position: PositionId): readonly FlowEdge[] {
  return (edges.into.get(position) ?? []).filter((edge) => edge.channel === "alias");
}

/**
 * What plain values join whatever else is found of a program: what comes from outside is never branded, and neither is a
 * literal, into which nothing flows.
 */
export function joinedForGood(graph: FlowGraph, question: Question): ReadonlySet<PositionId> {
  const edges = adjacency(graph.edges.filter((edge) => !stopsAt(graph, question, edge)));
  const isPlain = ({ id, kind, annotation }: TypePosition) =>
    annotation === "external" || (kind === "creation" && !edges.into.has(id));
  const others = [...graph.positions.values()].filter((position) => !isPlain(position));
  return spreadPlain(graph, edges, new Set([...others.map(({ id }) => id), ...question.fixed]), question);
}

// Which of the reached positions also receive a plain value: whatever flows in from a position the brand does not reach.
function spreadPlain(
  graph: FlowGraph,
  edges: Adjacency,
  reached: Pick<ReadonlySet<PositionId>, "has" | "keys">,
  question: Question,
): Set<PositionId> {
  const fixed = new Set(question.fixed);
  const plain = new Set<PositionId>();
  const stored = new Set<PositionId>();
  const queue: { position: PositionId; stored: boolean }[] = [];
  const enter = (edge: FlowEdge) => {
    if (isKeptOut(graph, question, edge)) return;
    if (fixed.has(edge.to) && !mayMix(graph, question, edge)) return;
    queue.push({ position: edge.to, stored: edge.channel === "store" });
  };

  for (const position of reached.keys()) {
    for (const edge of edges.into.get(position) ?? []) if (!reached.has(edge.from)) enter(edge);
  }
  for (const { position, stored: isStored } of queue) {
    if (!reached.has(position)) continue;
    if (!plain.has(position)) {
      plain.add(position);
      for (const edge of edges.outOf.get(position) ?? []) enter(edge);
    }
    if (isStored && !stored.has(position)) {
      stored.add(position);
      for (const edge of aliasesOf(edges, position)) {
        if (!fixed.has(edge.from)) queue.push({ position: edge.from, stored: true });
      }
    }
  }
  return plain;
}

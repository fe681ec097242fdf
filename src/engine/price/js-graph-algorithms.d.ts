/** The part of js-graph-algorithms, which has no types of its own, that a test compares our minimum cuts with. */
declare module "js-graph-algorithms" {
  export class FlowEdge {
    constructor(from: number, to: number, capacity: number);
  }
  export class FlowNetwork {
    constructor(nodes: number);
    addEdge(edge: FlowEdge): void;
  }
  export class FordFulkerson {
    constructor(network: FlowNetwork, source: number, sink: number);
    readonly value: number;
  }
}

import type { ts } from "ts-morph";
import type { FlowEdge, Hazard } from "../../graph/graph.ts";
import type { Mode } from "../../migration.ts";
import type { Positions } from "../positions/positions.ts";
import type { BaseTest } from "../tagging/leaves.ts";
import type { Occurrences } from "../tagging/occurrences.ts";

/** What the flows of a file need to know. */
export interface FlowContext {
  readonly test: BaseTest;
  readonly mode: Mode;
  readonly positions: Positions;
  readonly occurrences: Occurrences;
  /** The declarations that produce the brand. */
  readonly sources: ReadonlySet<ts.Node>;
}

/** The edges and hazards of one request of a construct. */
export interface Found {
  readonly edges: FlowEdge[];
  readonly hazards: Hazard[];
}

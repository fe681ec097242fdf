import type { ts } from "ts-morph";
import type { ValueFlow } from "./construct.ts";
import type { FlowContext } from "./flow-context.ts";
import type { PairedFlow } from "./pair-step.ts";

/** One value of a flow, and all that its type and the target have in common. */
export interface Meeting {
  readonly context: FlowContext;
  readonly construct: string;
  readonly flow: ValueFlow;
  readonly value: ts.Expression;
  readonly all: readonly PairedFlow[];
  /** Is the value wanted as a literal? */
  readonly isNarrowed: boolean;
}

import { alternatives, leafOf } from "../tagging/leaves.ts";
import type { NameFlow } from "./construct.ts";
import { stayPlain } from "./ends.ts";
import type { FlowContext, Found } from "./flow-context.ts";

/** Turns a name that is a key into edges from a plain value; a brand that does not pass as the base is no key. */
export function nameFlow(context: FlowContext, construct: string, { name, target }: NameFlow, found: Found): void {
  if (context.mode === "distinct") return;
  const leaves = alternatives(target).flatMap((type) => leafOf(type, context.test) ?? []);
  for (const leaf of leaves) found.edges.push(...stayPlain(context, construct, name, leaf));
}

import { alternatives, leafOf } from "../tagging/leaves.ts";
import type { NameFlow } from "./construct.ts";
import { writtenOf } from "./ends.ts";
import type { FlowContext, Found } from "./flow-context.ts";

/** Turns a name that is a key into edges from a plain value; a brand that does not pass as the base is no key. */
export function nameFlow(context: FlowContext, construct: string, { name, target }: NameFlow, found: Found): void {
  if (context.mode === "distinct") return;
  const leaves = alternatives(target).flatMap((type) => leafOf(type, context.test) ?? []);
  const from = context.positions.creation(name);
  const site = context.positions.siteOf(name);
  for (const to of leaves.flatMap((leaf) => writtenOf(context, leaf))) {
    found.edges.push({ from, to, channel: "value", construct, site, enforced: true, nested: false });
  }
}

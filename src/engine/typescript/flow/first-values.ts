import { ts } from "ts-morph";
import type { FlowEdge } from "../../graph/graph.ts";
import { originValues } from "../syntax/origins.ts";
import { mentions } from "../tagging/leaves.ts";
import type { Carrier } from "./carrier.ts";
import type { ValueFlow } from "./construct.ts";
import { elementsBehind, type Part } from "./elements-behind.ts";
import { connect, keeperOf, originOf, sources } from "./ends.ts";
import type { FlowContext } from "./flow-context.ts";
import type { PairedFlow } from "./pair-step.ts";

/**
 * ⟦first value⟧ ⊆ ⟦place⟧, where what is stored into, or a member of what is given, was inferred from plain values: `["a"]`,
 * `{ title: "" }`, `text.split()`.
 */
export function firstValues(
  context: FlowContext,
  flow: ValueFlow,
  value: ts.Expression,
  { from, to, inside }: PairedFlow,
): readonly FlowEdge[] {
  const keeper = keeperOf(context, flow, to, inside.to.path);
  const origin = inside.from.declaration === undefined ? undefined : originOf(value, from, context.test, inside.from);
  return [keeper, origin].flatMap((carrier) => (carrier === undefined ? [] : startOf(context, carrier)));
}

/** The same of what is known to be stored into. */
export function startOf(context: FlowContext, { declaration, mention }: Carrier): readonly FlowEdge[] {
  const to = context.positions.inferred(declaration, mention.path);
  const parts = originValues(declaration).flatMap((value) => partsBehind(value, mention.path, context.test.checker));
  return parts.flatMap(({ value, path }) => {
    const held = mentions(context.test.checker.getTypeAtLocation(value), context.test);
    const first = held.find((each) => each.path === path && each.leaf.tags.length === 0);
    if (first === undefined) return [];
    const site = context.positions.siteOf(value);
    const rest = { construct: "inference", site, enforced: true } as const;
    // Of what comes inside a container from elsewhere there is no value that could be cast.
    const inside = { channel: "alias", nested: true, declared: true } as const;
    const described = path === "" ? ({ channel: "value", nested: false } as const) : inside;
    return connect(sources(context, value, first.leaf, { path }), [to]).map((edge) => ({
      ...edge,
      ...rest,
      ...described,
    }));
  });
}

/** What a list is made of, and what `new Map([["key", "value"]])` is, where its list stands. */
export function partsBehind(value: ts.Expression, path: string, checker: ts.TypeChecker): readonly Part[] {
  const [step, index] = /^\.<(\d)>/.exec(path) ?? [];
  const list = ts.isNewExpression(value) && value.typeArguments === undefined ? value.arguments?.[0] : undefined;
  if (step === undefined || list === undefined || !ts.isArrayLiteralExpression(list))
    return elementsBehind(value, path, checker);
  const isPaired = list.elements.every(ts.isArrayLiteralExpression);
  return elementsBehind(list, `.[]${isPaired ? `.[${index}]` : ""}${path.slice(step.length)}`, checker);
}

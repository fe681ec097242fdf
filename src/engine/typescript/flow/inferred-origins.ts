import { ts } from "ts-morph";
import type { PositionId } from "../../graph/graph.ts";
import { originValues } from "../syntax/origins.ts";
import { valuesOf } from "../syntax/values.ts";
import { type Mention, mentions } from "../tagging/leaves.ts";
import { carrierOf } from "./carrier.ts";
import { writtenOf } from "./ends.ts";
import type { FlowContext } from "./flow-context.ts";

/** Where a part of an inferred type comes from: the position, the node that brings it, and the part's path in that. */
interface Origin {
  readonly from: PositionId;
  readonly node: ts.Node;
  readonly path: string;
}

/** Where a mention in the inferred type of a declaration comes from. */
export function origins(context: FlowContext, declaration: ts.Node, { leaf, path }: Mention): readonly Origin[] {
  const found: Origin[] = [];
  for (const part of originValues(declaration).flatMap((value) => elementsBehind(value, path))) {
    const carrier = carrierOf(part.value, leaf, context.test);
    if (carrier !== undefined && carrier.declaration !== declaration) {
      const from = context.positions.inferred(carrier.declaration, carrier.mention.path);
      found.push({ from, node: part.value, path: part.path });
    } else if (isWrittenBehind(context, part.value, { leaf, path: part.path })) {
      for (const from of writtenOf(context, leaf)) found.push({ from, node: part.value, path: part.path });
    }
  }
  if (found.length > 0) return found;
  return writtenOf(context, leaf).map((from) => ({ from, node: declaration, path }));
}

// What a list is made of is looked at one by one: the list is new, and shares nothing with them.
function elementsBehind(value: ts.Expression, path: string): readonly { value: ts.Expression; path: string }[] {
  if (!ts.isArrayLiteralExpression(value)) return valuesOf(value).map((each) => ({ value: each, path }));
  const [step, index] = /^\.\[(\d*)\]/.exec(path) ?? [];
  if (step === undefined) return [];
  const rest = path.slice(step.length);
  const elements = index === "" ? value.elements : value.elements.slice(Number(index), Number(index) + 1);
  return elements.flatMap((element) => {
    if (ts.isSpreadElement(element)) return [{ value: element.expression, path: `.[]${rest}` }];
    return elementsBehind(element, rest);
  });
}

// Does the mention come from this very expression, and at the same place of its type?
function isWrittenBehind(context: FlowContext, value: ts.Expression, mention: Mention): boolean {
  const all = mentions(context.test.checker.getTypeAtLocation(value), context.test);
  return all.some(
    ({ path, leaf }) => path === mention.path && leaf.tags.some((tag) => mention.leaf.tags.includes(tag)),
  );
}

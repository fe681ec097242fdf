import { ts } from "ts-morph";
import { inheritedMembers } from "../types/inherited.ts";
import { carrierOf } from "./carrier.ts";
import type { ValueFlow } from "./construct.ts";
import { keeperOf, originOf } from "./ends.ts";
import type { FlowContext } from "./flow-context.ts";
import { isPutIntoFresh } from "./fresh-container.ts";
import { isInferredBack } from "./inferred-back.ts";
import type { Meeting } from "./meeting.ts";
import { isOwnInstance } from "./own-instance.ts";
import type { PairedFlow } from "./pair-step.ts";

/** Does nothing flow here, although the base meets the base? */
export function isLeftOut({ context, flow, value }: Meeting, paired: PairedFlow): boolean {
  const { from, to, nested, inside } = paired;
  if (isWayOut(context, value) || isComparedByItself(context, paired)) return true;
  if (isOfOthers(context, flow, value, paired) || isOwnInstance(value, from, to, context.test)) return true;
  // What is declared inside of the value is not what is put into it here.
  const isHere = nested && from.tags.length > 0 && inside.from.declaration === undefined;
  if (isHere && isPutIntoFresh(value, to, context.test)) return true;
  return comesFromThere(context, flow, value, paired);
}

// A clock that says it is one, `class SystemClock implements Clock`, is made to fit there, wherever it is used as one.
function isComparedByItself({ occurrences, test }: FlowContext, { from, to, inside }: PairedFlow): boolean {
  const { declaration } = inside.from;
  if (from.tags.length > 0 || declaration === undefined || !ts.isPropertyDeclaration(declaration)) return false;
  const wanted = new Set(inheritedMembers(declaration, test.checker).flatMap((member) => member.declarations ?? []));
  return to.tags.some((tag) => {
    return ts.findAncestor(occurrences.tagged(tag), (node) => wanted.has(node as ts.Declaration)) !== undefined;
  });
}

// A literal that goes to where nothing is written or inferred in the project: neither end can ever be branded.
function isOfOthers(context: FlowContext, flow: ValueFlow, value: ts.Expression, paired: PairedFlow): boolean {
  const { from, to, inside } = paired;
  if (from.tags.length > 0 || to.tags.length > 0 || flow.assignee !== undefined) return false;
  const carrier = originOf(value, from, context.test, inside.from);
  return carrier === undefined && keeperOf(context, flow, to, inside.to.path) === undefined;
}

// `pages.reduce((largest, page) => …)` gives back what it was handed.
function comesFromThere({ test }: FlowContext, flow: ValueFlow, value: ts.Expression, paired: PairedFlow): boolean {
  const { from, to, inside } = paired;
  if (paired.nested || from.tags.length === 0 || from.tags.join() !== to.tags.join()) return false;
  return carrierOf(value, from, test, inside.from.path) !== undefined && isInferredBack(flow.value, test.checker);
}

// `id as string as Path`: what a second cast makes something else of is written out as the base for that.
function isWayOut({ mode }: FlowContext, { parent }: ts.Expression): boolean {
  return mode === "subtype" && ts.isAssertionExpression(parent) && ts.isAssertionExpression(parent.parent);
}

import type { ts } from "ts-morph";
import { isReference, mentions } from "../tagging/leaves.ts";
import { isDeclaredInLibrary } from "../types/of-library.ts";
import { further, type Relation, relate, type Step, type Way, within } from "./pair-step.ts";

/** Arrays and tuples, in any combination. */
export function relateElements(step: Step, source: ts.Type, target: ts.Type, relation: Relation): boolean {
  const { checker } = step.test;
  const isList = (type: ts.Type) => checker.isArrayType(type) || checker.isTupleType(type);
  if (!isList(source) || !isList(target) || !isReference(source) || !isReference(target)) return false;

  const inner = within(relation, isReadonlyList(target) || isReadonlyList(source));
  const from = checker.getTypeArguments(source);
  const to = checker.getTypeArguments(target);
  if (checker.isTupleType(source) && checker.isTupleType(target)) {
    for (const [i, element] of from.entries()) relate(step, element, to[i] ?? element, inner, through(`.[${i}]`));
  } else {
    const stepOf = (type: ts.Type, i: number) => (checker.isTupleType(type) ? `.[${i}]` : ".[]");
    for (const [i, element] of from.entries()) {
      for (const [j, slot] of to.entries()) {
        relate(step, element, slot, inner, through(stepOf(source, i), stepOf(target, j)));
      }
    }
  }
  return true;
}

function through(source: string, target = source): Way {
  return ({ from, to }) => ({ from: further(from, source), to: further(to, target) });
}

function isReadonlyList(list: ts.TypeReference): boolean {
  const { target } = list;
  return "readonly" in target ? target.readonly === true : target.symbol?.name === "ReadonlyArray";
}

/** Generics of the standard library that only hand their content out. All others can be stored into. */
const covariant = new Set(
  [
    "Promise PromiseLike ReadonlyMap ReadonlySet Iterator IterableIterator Iterable Generator AsyncGenerator",
    "AsyncIterator AsyncIterable AsyncIterableIterator IteratorObject ArrayIterator MapIterator SetIterator Readonly",
    "IteratorYieldResult IteratorReturnResult AsyncIteratorObject WeakRef",
  ].flatMap((names) => names.split(" ")),
);

/**
 * Two instances of one generic differ by their arguments alone. Those of the project are walked when an argument holds
 * the base as it was declared, because only the members say which way it flows.
 */
export function relateArguments(step: Step, source: ts.Type, target: ts.Type, relation: Relation): boolean {
  if (!isReference(source) || !isReference(target) || source.target !== target.target) return false;
  const { test } = step;
  const holdsBase = [...mentions(source, test), ...mentions(target, test)].some(({ leaf }) => leaf.tags.length > 0);
  if (holdsBase && !isDeclaredInLibrary(source.target.symbol)) return false;

  const to = test.checker.getTypeArguments(target);
  const inner = within(relation, covariant.has(source.target.symbol.name));
  for (const [i, argument] of test.checker.getTypeArguments(source).entries()) {
    relate(step, argument, to[i] ?? argument, inner, through(`.<${i}>`));
  }
  return true;
}

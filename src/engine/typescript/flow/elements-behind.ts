import { ts } from "ts-morph";
import { valuesOf } from "../syntax/values.ts";
import { inward, type Way, wayInto } from "./inward.ts";

/** A part of a value, and where in that what is looked for lies. */
export interface Part {
  readonly value: ts.Expression;
  readonly path: string;
}

/**
 * What a list is made of, looked at one by one: the list is new, and shares nothing with them. So is a list that something
 * is taken out of at once.
 */
export function elementsBehind(value: ts.Expression, path: string, checker: ts.TypeChecker): readonly Part[] {
  if (!ts.isArrayLiteralExpression(value)) return valuesOf(value).flatMap((each) => partsInside(each, path, checker));
  const [step, index] = /^\.\[(\d*)\]/.exec(path) ?? [];
  if (step === undefined) return [];
  const rest = path.slice(step.length);
  const elements = index === "" ? value.elements : value.elements.slice(Number(index), Number(index) + 1);
  return elements.flatMap((element) => {
    if (ts.isSpreadElement(element)) return [{ value: element.expression, path: `.[]${rest}` }];
    return elementsBehind(element, rest, checker);
  });
}

function partsInside(value: ts.Expression, path: string, checker: ts.TypeChecker): readonly Part[] {
  return elementsAround(value, path, checker) ?? [{ value, path }];
}

/** What the list is made of that a value is taken out of where that is made, `[a, b].sort()[0]`; undefined for any other. */
export function elementsAround(
  value: ts.Expression,
  path: string | undefined,
  checker: ts.TypeChecker,
): readonly Part[] | undefined {
  let way: Way | undefined = { path };
  for (let current = inward(value), outer = value; current !== undefined; outer = current, current = inward(current)) {
    way = wayInto(outer, way, checker);
    if (way?.path === undefined) return undefined;
    if (ts.isArrayLiteralExpression(current)) return elementsBehind(current, way.path, checker);
  }
  return undefined;
}

import type { ts } from "ts-morph";
import { isReference } from "../../tagging/leaves.ts";

/** Of what is wanted, what may be said of a container without calling it anything else: `User[]` for `readonly User[]`. */
const views: Readonly<Record<string, ReadonlySet<string>>> = {
  Array: new Set(["ReadonlyArray", "Iterable", "IterableIterator", "Generator"]),
  Map: new Set(["ReadonlyMap"]),
  Promise: new Set(["PromiseLike"]),
  Set: new Set(["ReadonlySet"]),
};

/** What a container holds, and what it has to hold as the view of it that is wanted. */
export interface OwnContainer {
  readonly name: string;
  readonly held: readonly { readonly own: ts.Type; readonly wanted: ts.Type }[];
}

/** A container where only a view of it is wanted, such as a map where something to read from is. */
export function ownContainer(type: ts.Type, wanted: ts.Type, checker: ts.TypeChecker): OwnContainer | undefined {
  if (wanted.aliasSymbol !== undefined || !isReference(type) || !isReference(wanted)) return undefined;
  if (checker.isTupleType(type) || checker.isTupleType(wanted)) return undefined;
  const { name } = type.symbol;
  if (views[name]?.has(wanted.symbol.name) !== true) return undefined;
  const to = checker.getTypeArguments(wanted);
  const held = checker.getTypeArguments(type).flatMap((own, i) => {
    const each = to[i];
    return each === undefined ? [] : [{ own, wanted: each }];
  });
  return { name, held };
}

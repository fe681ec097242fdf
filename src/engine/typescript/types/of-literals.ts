import { ts } from "ts-morph";

/** Is a type made of literals alone, which members can be named by? An enum is. */
export function isOfLiterals(type: ts.Type): boolean {
  const all = type.isUnion() ? type.types : [type];
  return all.every(({ flags }) => (flags & ts.TypeFlags.StringOrNumberLiteral) !== 0);
}

import { ts } from "ts-morph";
import { alternatives } from "../tagging/leaves.ts";

/** May both be null, or both undefined? Then the compiler lets one be asserted to be the other, whatever else they are. */
export function shareAbsence(one: ts.Type, other: ts.Type): boolean {
  return [ts.TypeFlags.Null, ts.TypeFlags.Undefined].some((flag) =>
    [one, other].every((type) => alternatives(type).some(({ flags }) => (flags & flag) !== 0)),
  );
}

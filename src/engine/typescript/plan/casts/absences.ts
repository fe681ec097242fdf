import { ts } from "ts-morph";

/** What a value may be instead, and still is after the assertion. */
export function absences(type: ts.Type): readonly string[] {
  const flags = type.isUnion() ? type.types.map((member) => member.flags) : [type.flags];
  const isSome = (flag: ts.TypeFlags) => flags.some((each) => (each & flag) !== 0);
  return [...(isSome(ts.TypeFlags.Null) ? ["null"] : []), ...(isSome(ts.TypeFlags.Undefined) ? ["undefined"] : [])];
}

import type { ts } from "ts-morph";
import type { TypeFlow } from "./construct.ts";
import { sameMember } from "./member.ts";

/** Member by member, because a spread copies: what is stored into the copy later does not reach what it was made of. */
export function* spreadMembers(
  spread: ts.SpreadAssignment | ts.JsxSpreadAttribute,
  wanted: ts.Type,
  checker: ts.TypeChecker,
): Iterable<TypeFlow> {
  const type = checker.getTypeAtLocation(spread.expression);
  const named = checker.getIndexInfosOfType(wanted)[0]?.type;
  for (const own of checker.getPropertiesOfType(type)) {
    const member = sameMember(wanted, own, checker);
    const target = member === undefined ? named : checker.getTypeOfSymbolAtLocation(member, spread);
    if (target !== undefined) yield { source: checker.getTypeOfSymbolAtLocation(own, spread), target, site: spread };
  }
  for (const index of checker.getIndexInfosOfType(type)) {
    if (named !== undefined) yield { source: index.type, target: named, site: spread };
  }
}

import { ts } from "ts-morph";
import { sameMember } from "./member.ts";

/** The members that a member of a class or interface has to fit: of all that is extended or implemented there. */
export function inheritedMembers(member: ts.Declaration, checker: ts.TypeChecker): readonly ts.Symbol[] {
  const { parent } = member;
  if (!ts.isClassLike(parent) && !ts.isInterfaceDeclaration(parent)) return [];
  const name = ts.getNameOfDeclaration(member);
  const own = name === undefined ? undefined : checker.getSymbolAtLocation(name);
  const bases = (parent.heritageClauses ?? []).flatMap(({ types }) =>
    types.map((type) => checker.getTypeAtLocation(type)),
  );
  return own === undefined ? [] : bases.flatMap((base) => sameMember(base, own, checker) ?? []);
}

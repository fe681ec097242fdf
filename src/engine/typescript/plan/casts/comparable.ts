import { ts } from "ts-morph";
import type { FlowEdge } from "../../../graph/graph.ts";
import { alternatives, leafOf } from "../../tagging/leaves.ts";
import { isTaggedAlone } from "../../tagging/tag.ts";
import { sameMember } from "../../types/member.ts";
import type { Planner } from "../planner.ts";
import { absences } from "./absences.ts";
import type { CastPart } from "./cast-part.ts";
import { isOfEitherKind } from "./either-kind.ts";
import { passedFunction, passesAs } from "./function-text.ts";
import { isRefusedAt } from "./kinds.ts";
import { ownContainer } from "./own-container.ts";

/**
 * Can a value be asserted to be what is wanted at once, without `unknown` between the two? The compiler allows it where
 * what is wanted could pass as the value, which is asked of the types as they are and of the brands they will hold, and of
 * a union where it could pass as one of its members.
 *
 * Shortcomings: it also allows what is only comparable, such as a literal to its union; that is not asked for.
 */
export function isAssertable(planner: Planner, edge: FlowEdge, { value, wanted, nested }: CastPart): boolean {
  const { checker, collected } = planner;
  const type = checker.getTypeAtLocation(value);
  if (planner.generic !== undefined || planner.view !== undefined) return false;
  // Of a union the compiler compares each member alone, and what may be missing stays so.
  if (!isSubtype(planner)) return !edge.nested && (absences(type).length > 0 || isOfEitherKind(planner, edge, value));
  if (!nested && collected.base.kind === "primitive") return isPrimitiveAlone(planner, type);
  const isNamed = wanted.aliasSymbol !== undefined || wanted.isClassOrInterface();
  const passed = nested && !isNamed ? passedFunction(planner, value, wanted) : undefined;
  if (passed !== undefined && !passed.isPredicate)
    return passesAs(passed, (from, to) => passesUnrefused(planner, from, to, value));
  const bare = checker.getNonNullableType(type);
  const fits = (each: ts.Type) =>
    checker.isTypeAssignableTo(bare, each) || ownContainer(bare, each, checker) !== undefined;
  const members = alternatives(wanted).filter(fits);
  // A union of objects fits none of them alone.
  const fitting = members.length > 0 ? members : [checker.getNonNullableType(wanted)].filter(fits);
  const passes = (each: ts.Type) => {
    const own = fitting.length === 1 ? ownContainer(bare, each, checker) : undefined;
    if (own === undefined) return passesUnrefused(planner, each, type, value);
    return own.held.every((held) => passesUnrefused(planner, held.wanted, held.own, value));
  };
  return fitting.length > 0 && fitting.every(passes);
}

/** Will a value of one type pass as the other, as the answer has them? */
export function passesUnrefused(planner: Planner, from: ts.Type, to: ts.Type, at: ts.Node): boolean {
  if (!isSubtype(planner)) return false;
  const { checker } = planner;
  const isPassing = checker.isTypeAssignableTo(from, to) || hasMembersOf(to, from, at, checker);
  return isPassing && !isRefusedAt(planner, from, to, at);
}

// What a literal is made of is compared member by member: only what is assigned to it may not have more.
function hasMembersOf(literal: ts.Type, type: ts.Type, at: ts.Node, checker: ts.TypeChecker): boolean {
  if (literal.symbol === undefined || (literal.symbol.flags & ts.SymbolFlags.ObjectLiteral) === 0) return false;
  return checker.getPropertiesOfType(literal).every((own) => {
    const member = sameMember(type, own, checker);
    if (member === undefined) return false;
    const [from, to] = [member, own].map((each) => checker.getTypeOfSymbolAtLocation(each, at));
    return from !== undefined && to !== undefined && checker.isTypeAssignableTo(from, to);
  });
}

// Of brands that do not pass as the base, and of what stands for either, nothing else is comparable for sure.
function isSubtype({ mode, generic, view }: Planner): boolean {
  return mode === "subtype" && generic === undefined && view === undefined;
}

// A primitive is comparable to its brand; a type parameter, an enum and another brand of it are not.
function isPrimitiveAlone({ checker, collected }: Planner, type: ts.Type): boolean {
  const { test } = collected.context;
  const bare = checker.getNonNullableType(checker.getBaseTypeOfLiteralType(type));
  return alternatives(bare).every((each) => {
    if ((each.flags & ts.TypeFlags.EnumLike) !== 0) return false;
    const plain = ts.TypeFlags.Any | ts.TypeFlags.Unknown | simple;
    return (each.flags & plain) !== 0 || (leafOf(each, test) !== undefined && isTaggedAlone(each));
  });
}

const simple =
  ts.TypeFlags.String | ts.TypeFlags.Number | ts.TypeFlags.BigInt | ts.TypeFlags.ESSymbol | ts.TypeFlags.BooleanLike;

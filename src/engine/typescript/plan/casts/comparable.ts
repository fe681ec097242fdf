import { ts } from "ts-morph";
import type { FlowEdge } from "../../../graph/graph.ts";
import { alternatives, leafOf } from "../../tagging/leaves.ts";
import { isTaggedAlone, withoutTags } from "../../tagging/tag.ts";
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
 * a union, also inside of a literal, where one of its members could.
 *
 * Shortcomings: it also allows what is comparable otherwise, such as an enum to a number; that is not asked for.
 */
export function isAssertable(planner: Planner, edge: FlowEdge, { value, wanted, nested }: CastPart): boolean {
  const { checker, collected } = planner;
  const type = checker.getTypeAtLocation(value);
  // Seen from around it, what stands in a literal is a part of it.
  const at = value.parent;
  if (planner.generic !== undefined || planner.view !== undefined) return false;
  // Of a union the compiler compares each member alone, and what may be missing stays so.
  if (!isSubtype(planner)) return !edge.nested && (absences(type).length > 0 || isOfEitherKind(planner, edge, value));
  if (!nested && collected.base.kind === "primitive") return isPrimitiveAlone(planner, type);
  const isNamed = wanted.aliasSymbol !== undefined || wanted.isClassOrInterface();
  const passed = nested && !isNamed ? passedFunction(planner, value, wanted) : undefined;
  if (passed !== undefined && !passed.isPredicate)
    return passesAs(passed, (from, to) => passesUnrefused(planner, from, to, at));
  const bare = checker.getNonNullableType(type);
  // A text in backquotes is a string that a template type is wanted of.
  const isText = (each: ts.Type) => (bare.flags & ts.TypeFlags.String) !== 0 && checker.isTypeAssignableTo(each, bare);
  const fits = (each: ts.Type) =>
    checker.isTypeAssignableTo(bare, each) || ownContainer(bare, each, checker) !== undefined || isText(each);
  const members = alternatives(wanted).filter(fits);
  // A union of objects fits none of them alone.
  const fitting = members.length > 0 ? members : [checker.getNonNullableType(wanted)].filter(fits);
  const widened = checker.getBaseTypeOfLiteralType(type);
  const passes = (each: ts.Type) => {
    const own = fitting.length === 1 ? ownContainer(bare, each, checker) : undefined;
    if (own === undefined) return passesUnrefused(planner, each, widened, at);
    return own.held.every((held) => passesUnrefused(planner, held.wanted, held.own, at));
  };
  return fitting.length > 0 && fitting.every(passes);
}

/** Will a value of one type pass as the other, as the answer has them? */
export function passesUnrefused(planner: Planner, from: ts.Type, to: ts.Type, at: ts.Node): boolean {
  if (!isSubtype(planner)) return false;
  const { checker } = planner;
  if (!isComparable(from, to, at, checker) || isRefusedAt(planner, from, to, at)) return false;
  const literals = alternatives(to).filter(isLiteral);
  // Of the base the compiler takes the members as well.
  const parts = literals.length === 0 ? [] : alternatives(from).flatMap(withoutTags);
  return literals.every((literal) =>
    parts.every((part) => !isComparable(part, literal, at, checker) || !isRefusedAt(planner, part, literal, at)),
  );
}

// Of a union one member is enough.
function isComparable(from: ts.Type, to: ts.Type, at: ts.Node, checker: ts.TypeChecker): boolean {
  if (checker.isTypeAssignableTo(from, to)) return true;
  return alternatives(to).some((literal) =>
    alternatives(from).some(
      (each) => checker.isTypeAssignableTo(each, literal) || hasMembersOf(literal, each, at, checker),
    ),
  );
}

// What a literal is made of is compared member by member: only what is assigned to it may not have more.
function hasMembersOf(literal: ts.Type, type: ts.Type, at: ts.Node, checker: ts.TypeChecker): boolean {
  if (!isLiteral(literal)) return false;
  return checker.getPropertiesOfType(literal).every((own) => {
    const member = sameMember(type, own, checker);
    if (member === undefined) return false;
    const [from, to] = [member, own].map((each) => checker.getTypeOfSymbolAtLocation(each, at));
    return from !== undefined && to !== undefined && isComparable(from, to, at, checker);
  });
}

function isLiteral({ symbol }: ts.Type): boolean {
  return symbol !== undefined && (symbol.flags & ts.SymbolFlags.ObjectLiteral) !== 0;
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

import { ts } from "ts-morph";
import type { BaseType } from "./occurrences.ts";
import { mappedFrom, type Tag, tagsOf } from "./tag.ts";

/** One alternative of a type that holds the base: which occurrences it comes from; none for a value of no declaration. */
export interface Leaf {
  readonly tags: readonly Tag[];
  /** Made of a primitive member by member, which a brand that passes as one does not come through. */
  readonly mapped?: true;
}

/** What tells values of the base from others. */
export interface BaseTest {
  readonly base: BaseType;
  readonly checker: ts.TypeChecker;
  /** The base as the checker knows it, without tags. */
  readonly type: ts.Type;
  /** Where the brand is declared, if it is already. */
  readonly brands: readonly ts.Node[];
}

/** The members of a union, or the type alone; of `NoInfer<Page>` those of the page. */
export function alternatives(type: ts.Type): readonly ts.Type[] {
  if ((type.flags & ts.TypeFlags.Substitution) !== 0) return alternatives((type as ts.SubstitutionType).baseType);
  return type.isUnion() ? type.types : [type];
}

/** The same, where a type parameter, or a member of one, is what bounds it. */
export function boundAlternatives(type: ts.Type, checker: ts.TypeChecker): readonly ts.Type[] {
  return alternatives(type).flatMap((each) => {
    const isBound = (each.flags & (ts.TypeFlags.TypeParameter | ts.TypeFlags.IndexedAccess)) !== 0;
    return alternatives((isBound ? checker.getBaseConstraintOfType(each) : undefined) ?? each);
  });
}

/** The type as a leaf, undefined when it holds no value of the base itself. */
export function leafOf(type: ts.Type, test: BaseTest): Leaf | undefined {
  const tags = tagsOf(type);
  if (tags.length === 0) return isPlainBase(type, test) ? { tags: [] } : undefined;
  const isMapped = (test.base.kind === "primitive" && !type.isIntersection()) || mappedFrom(type) !== undefined;
  return isMapped ? { tags, mapped: true } : { tags };
}

const primitiveFlags = {
  string: ts.TypeFlags.StringLike,
  number: ts.TypeFlags.NumberLike,
  bigint: ts.TypeFlags.BigIntLike,
  boolean: ts.TypeFlags.BooleanLike,
  symbol: ts.TypeFlags.ESSymbolLike,
} as const;

function isPlainBase(type: ts.Type, test: BaseTest): boolean {
  if (test.base.kind === "primitive") {
    const flags = primitiveFlags[test.base.name as keyof typeof primitiveFlags];
    return (type.flags & flags) !== 0;
  }
  return type === test.type || (type.symbol !== undefined && type.symbol === test.base.symbol);
}

/**
 * Could a plain value of this type be put where the base is wanted? For literals and other values of no declared type.
 * `wanted` is the base as it is written there, with its type arguments.
 */
export function fitsBase(type: ts.Type, wanted: ts.Type, test: BaseTest): boolean {
  if (type.aliasSymbol?.declarations?.some((each) => test.brands.includes(each)) === true) return false;
  const none =
    ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never | ts.TypeFlags.Null | ts.TypeFlags.Undefined;
  const fits = (base: ts.Type) => test.checker.isTypeAssignableTo(type, base);
  return (type.flags & none) === 0 && (fits(test.type) || fits(wanted));
}

/** What the alternatives of a type are of the base; what is not declared as the base and could be put there is plain. */
export function leavesOf(type: ts.Type, test: BaseTest): readonly Leaf[] {
  const isFit = (each: ts.Type) => test.base.kind !== "primitive" && fitsBase(each, test.type, test);
  return alternatives(type).flatMap((each) => leafOf(each, test) ?? (isFit(each) ? { tags: [] } : []));
}

/** A place inside a type where the base is held: `.[]`, `.<0>`, and which occurrence it comes from. */
export interface Mention {
  readonly path: string;
  readonly leaf: Leaf;
}

/**
 * Where a type mentions the base, through unions, arrays, tuples and type arguments. Members of objects are positions
 * of their own and functions have declarations of their own, so neither is entered.
 */
export function mentions(type: ts.Type, test: BaseTest): readonly Mention[] {
  const found = new Map<string, Mention>();
  const enter = (current: ts.Type, path: string, depth: number): void => {
    for (const alternative of alternatives(current)) {
      const leaf = leafOf(alternative, test);
      if (leaf !== undefined) found.set(`${path}${leaf.tags.join()}`, { path, leaf });
      else if (depth < 5)
        for (const [step, inner] of typeArguments(alternative, test.checker)) enter(inner, path + step, depth + 1);
    }
  };
  enter(type, "", 0);
  return [...found.values()];
}

/** The type arguments of a reference to a generic, with the step that leads to each. */
export function typeArguments(type: ts.Type, checker: ts.TypeChecker): readonly (readonly [string, ts.Type])[] {
  if (!isReference(type)) return [];
  const all = checker.getTypeArguments(type).slice(0, ownParameters(type));
  if (checker.isTupleType(type)) return all.map((argument, i) => [`.[${i}]`, argument] as const);
  if (checker.isArrayType(type)) return all.map((argument) => [".[]", argument] as const);
  return all.map((argument, i) => [`.<${i}>`, argument] as const);
}

// Beyond these comes the `this` type of a class or interface.
function ownParameters(type: ts.TypeReference): number {
  return type.target.typeParameters?.length ?? 0;
}

/** Is the type an instance of a generic class, interface or tuple? */
export function isReference(type: ts.Type): type is ts.TypeReference {
  return (
    (type.flags & ts.TypeFlags.Object) !== 0 && ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Reference) !== 0
  );
}

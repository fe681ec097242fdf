import { ts } from "ts-morph";

/** A tag's name in the checker's types: `@12` stands for the twelfth written occurrence of the base. */
export type Tag = string;

const TAGGED = "__userpage_tagged";
const TAG = "__userpage_tag";
const NARROWED = "__userpage_narrowed";
const NARROW_TAG = "__userpage_narrow_tag";

/**
 * Declares the tags. An optional phantom property is neither required nor forbidden, so every assignment that was
 * allowed stays allowed, in both directions, while the checker's inference carries the tag wherever the value goes.
 * A required one makes a type of its own, which a test narrows a tagged value to.
 */
export const tagPrelude = `type ${TAG}<N extends string> = { readonly [K in N]?: never };
type ${TAGGED}<T, N extends string> = T & ${TAG}<N>;
type ${NARROW_TAG}<N extends string> = { readonly [K in N]: 0 };
type ${NARROWED}<T, N extends string> = T & ${NARROW_TAG}<N>;
`;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Replaces an occurrence in its tree: `Page` becomes `Page & Tag<"@12">`, with the offsets of the original. */
export function tagOccurrence(node: ts.TypeNode, tag: Tag): void {
  wrap(node, tag, TAGGED);
}

/** The same for what a predicate makes of its parameter: whoever passes the test comes from here, whatever it was before. */
export function tagNarrowed(node: ts.TypeNode, tag: Tag): void {
  wrap(node, tag, NARROWED);
}

function wrap(node: ts.TypeNode, tag: Tag, wrapper: string): void {
  const { parent } = node;
  const name = ts.factory.createIdentifier(wrapper);
  const text = ts.factory.createStringLiteral(tag);
  const literal = ts.factory.createLiteralTypeNode(text);
  const reference = ts.factory.createTypeReferenceNode(name, [node, literal]);
  for (const made of [name, text, literal, reference]) standIn(made, node);
  if (reference.typeArguments !== undefined) ts.setTextRange(reference.typeArguments, node);

  adopt(reference, name);
  adopt(reference, literal);
  adopt(literal, text);
  replaceChild(parent, node, reference);
  adopt(reference, node);
  adopt(parent, reference);
}

/** Puts a tagged occurrence back into its tree as it was; what this returns tags it again. */
export function untag(node: ts.TypeNode): () => void {
  const reference = node.parent;
  const { parent } = reference;
  replaceChild(parent, reference, node);
  adopt(parent, node);
  return () => {
    replaceChild(parent, node, reference);
    adopt(reference, node);
  };
}

/** Makes nodes that stand in no text a part of a tree, at this offset. One of no length is missing to the compiler. */
export function adoptAll(owner: ts.Node, made: ts.Node, at: number): void {
  ts.setTextRange(made, { pos: at, end: at + 1 });
  (made as Mutable<ts.Node>).flags = owner.flags;
  adopt(owner, made);
  ts.forEachChild(made, (child) => adoptAll(made, child, at));
}

function standIn(made: ts.Node, original: ts.Node): void {
  ts.setTextRange(made, original);
  (made as Mutable<ts.Node>).flags = original.flags;
}

function adopt(parent: ts.Node, child: ts.Node): void {
  (child as Mutable<ts.Node>).parent = parent;
}

function replaceChild(parent: ts.Node, child: ts.Node, replacement: ts.Node): void {
  const slots = parent as unknown as Record<string, unknown>;
  for (const [key, value] of Object.entries(slots)) {
    if (key === "parent") continue;
    if (value === child) slots[key] = replacement;
    if (Array.isArray(value) && value.includes(child)) (value as unknown[])[value.indexOf(child)] = replacement;
  }
}

const wrappers: ReadonlySet<string> = new Set([TAGGED, NARROWED]);

/** Is this the node that `tagOccurrence` put in an occurrence's place? */
export function isTag(node: ts.Node): boolean {
  return ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && wrappers.has(node.typeName.text);
}

/** Is there nothing in the type but one other and its tags? */
export function isTaggedAlone(type: ts.Type): boolean {
  return withoutTags(type).length === 1;
}

/** What a type is made of, but for its tags. */
export function withoutTags(type: ts.Type): readonly ts.Type[] {
  const isOwn = ({ aliasSymbol }: ts.Type) => aliasSymbol?.name !== TAG && aliasSymbol?.name !== NARROW_TAG;
  return type.isIntersection() ? type.types.filter(isOwn) : [type];
}

/**
 * The tags at the top of a type: those of an intersection that `tagOccurrence` brought about. What has passed a test is
 * what the test says, whatever it was before.
 */
export function tagsOf(type: ts.Type): readonly Tag[] {
  if (type.isIntersection()) {
    const passed = type.types.flatMap((member) => tagOfMember(member, NARROW_TAG));
    return passed.length > 0 ? passed : type.types.flatMap((member) => tagOfMember(member, TAG));
  }
  // Readonly<Page> is a page too, and what takes Partial<Page> takes one; the checker maps its members, and only the name
  // says what it was made of.
  const [of] = type.aliasTypeArguments ?? [];
  const made = of !== undefined && views.has(type.aliasSymbol?.name) ? of : mappedFrom(type);
  return made === undefined ? [] : tagsOf(made);
}

const views: ReadonlySet<string | undefined> = new Set(["Readonly", "Partial", "Required"]);

const primitive =
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.ESSymbolLike;

/**
 * The primitive that a type is mapped from: `type Frozen<T> = { readonly [K in keyof T]: Frozen<T[K]> }` of a string is that
 * string, and of a tagged one it is not.
 */
export function mappedFrom(type: ts.Type): ts.Type | undefined {
  const made = type.isIntersection() ? undefined : type.symbol?.declarations?.find(ts.isMappedTypeNode);
  const keys = made?.typeParameter.constraint;
  const isOfMembers = keys !== undefined && ts.isTypeOperatorNode(keys) && keys.operator === ts.SyntaxKind.KeyOfKeyword;
  const of = isOfMembers ? (type.aliasTypeArguments?.[0] ?? modifiersType(type)) : undefined;
  return of?.isIntersection() === true && of.types.some(({ flags }) => (flags & primitive) !== 0) ? of : undefined;
}

// Without a name the compiler keeps what it has mapped, once it has looked for members.
function modifiersType(type: ts.Type): ts.Type | undefined {
  type.getProperties();
  return (type as ts.Type & { readonly modifiersType?: ts.Type }).modifiersType;
}

function tagOfMember(member: ts.Type, alias: string): readonly Tag[] {
  if (member.aliasSymbol?.name !== alias) return [];
  const name = member.aliasTypeArguments?.[0];
  return name?.isStringLiteral() ? [name.value] : [];
}

const printedTag = new RegExp(`(?:${TAGGED}|${NARROWED})<[^<>]*(?:<[^<>]*>)?, "(@\\d+)">`, "g");

// The compiler makes one intersection of two: `string & { readonly slug: true }` with a tag in it is of three types.
const anyTag = `(?:${TAG}|${NARROW_TAG})<"(@\\d+)">`;
const flattened = `(?:import\\("[^"]*"\\)\\.)?(?:[\\w$.]+(?:<[^<>]*>)?|"[^"]*") & ${anyTag}(?: & ${anyTag})*`;
const flattenedTag = new RegExp(flattened, "g");
const flattenedAlone = new RegExp(`\\(${flattened}\\)`, "g");

/** A printed type with every tagged occurrence of the base written as `nameOf` says. */
export function untagged(printed: string, nameOf: (tag: Tag) => string): string {
  const named = printed.replaceAll(printedTag, (_, tag: Tag) => nameOf(tag));
  const alone = named.replaceAll(flattenedAlone, (_, tag: Tag) => nameOf(tag));
  return alone.replaceAll(flattenedTag, (_, tag: Tag) => nameOf(tag));
}

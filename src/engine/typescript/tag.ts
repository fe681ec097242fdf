import { ts } from "ts-morph";

/** A tag's name in the checker's types: `@12` stands for the twelfth written occurrence of the base. */
export type Tag = string;

const TAGGED = "__userpage_tagged";
const TAG = "__userpage_tag";

/**
 * Declares the tags. An optional phantom property is neither required nor forbidden, so every assignment that was
 * allowed stays allowed, in both directions, while the checker's inference carries the tag wherever the value goes.
 */
export const tagPrelude = `type ${TAG}<N extends string> = { readonly [K in N]?: never };
type ${TAGGED}<T, N extends string> = T & ${TAG}<N>;
`;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Replaces an occurrence in its tree: `Page` becomes `Page & Tag<"@12">`, with the offsets of the original. */
export function tagOccurrence(node: ts.TypeNode, tag: Tag): void {
  const { parent } = node;
  const name = ts.factory.createIdentifier(TAGGED);
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

/** Is this the node that `tagOccurrence` put in an occurrence's place? */
export function isTag(node: ts.Node): boolean {
  return ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && node.typeName.text === TAGGED;
}

/** The tags at the top of a type: those of an intersection that `tagOccurrence` brought about. */
export function tagsOf(type: ts.Type): readonly Tag[] {
  if (type.isIntersection()) return type.types.flatMap(tagOfMember);
  // Readonly<Page> is a page too; the checker maps its members, and only the name says what it was made of.
  const [of] = type.aliasSymbol?.name === "Readonly" ? (type.aliasTypeArguments ?? []) : [];
  return of === undefined ? [] : tagsOf(of);
}

function tagOfMember(member: ts.Type): readonly Tag[] {
  if (member.aliasSymbol?.name !== TAG) return [];
  const name = member.aliasTypeArguments?.[0];
  return name?.isStringLiteral() ? [name.value] : [];
}

const printedTag = new RegExp(`${TAGGED}<[^<>]*(?:<[^<>]*>)?, "(@\\d+)">`, "g");

/** A printed type with every tagged occurrence of the base written as `nameOf` says. */
export function untagged(printed: string, nameOf: (tag: Tag) => string): string {
  return printed.replaceAll(printedTag, (_, tag: Tag) => nameOf(tag));
}

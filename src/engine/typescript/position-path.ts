import { ts } from "ts-morph";
import type { PositionKind } from "../graph.ts";
import { castIn } from "./annotation.ts";
import { commentSegment, isTypeComment, type Segment, subjectOf } from "./comment-path.ts";
import { isTag } from "./tag.ts";
import type { NamedDeclaration } from "./uses.ts";

/** Where a node stands: the declaration that owns it, and the way from there to the node, as text. */
export interface PositionPath {
  /** `Bio#bi_io_vec.[]`, `bio_add_page().(page)`. */
  readonly text: string;
  /** The enclosing function or type, undefined at the top of a file. */
  readonly owner: string | undefined;
  readonly kind: PositionKind;
  /** The declarations it belongs to, from the outermost: what the rest of the project reaches it by. A class is not
   * among them unless by its constructor: its values are met through their members. Nor is a function whose body it is
   * in. */
  readonly names: readonly NamedDeclaration[];
}

/** The path of a type node or of a declaration that has no annotation; `suffix` leads further into its type. */
export function positionPath(node: ts.Node, suffix = ""): PositionPath {
  const segments: Segment[] = suffix === "" ? [] : [{ text: suffix, kind: kindOfSuffix(suffix) }];
  for (let child = node; !ts.isSourceFile(child) && !isTypeComment(child); child = child.parent) {
    if (child === node) segments.unshift(...presentOnly(declarationSegment(child)));
    if (!isTag(child.parent)) segments.unshift(...presentOnly(segmentOf(child, child.parent)));
  }
  return join(segments);
}

function join(segments: readonly Segment[]): PositionPath {
  const lastOwner = segments.findLastIndex((segment) => segment.owns === true);
  const owner = segments.slice(0, lastOwner + 1);
  return {
    text: textOf(segments),
    owner: lastOwner === -1 ? undefined : textOf(owner),
    kind: segments.findLast((segment) => segment.kind !== undefined)?.kind ?? "variable",
    names: segments.flatMap((segment) => segment.named ?? []),
  };
}

function textOf(segments: readonly Segment[]): string {
  return segments
    .map((segment) => segment.text)
    .join("")
    .replace(/^[/#.]/, "")
    .replaceAll(/\s+/g, " ");
}

function kindOfSuffix(suffix: string): PositionKind {
  if (suffix.endsWith("[]")) return "element";
  return suffix.endsWith("]") ? "tuple-slot" : "type-argument";
}

function presentOnly(segment: Segment | undefined): readonly Segment[] {
  return segment === undefined ? [] : [segment];
}

function segmentOf(child: ts.Node, parent: ts.Node): Segment | undefined {
  if (ts.isJSDoc(child)) return commentedSegment(child, parent);
  if (ts.isTypeNode(child) && !ts.isExpressionWithTypeArguments(child)) {
    const inType = typeSegment(child, parent);
    if (inType !== undefined) return inType;
  }
  return declarationSegment(parent, child);
}

function commentedSegment(comment: ts.JSDoc, host: ts.Node): Segment | undefined {
  if (castIn(host) !== undefined) return { text: "/as", kind: "cast" };
  const subject = subjectOf(host);
  if (!ts.isPropertyAccessExpression(subject)) return declarationSegment(subject, comment);
  return { ...named(subject.parent, subject.name, "."), kind: "property" };
}

function typeSegment(child: ts.TypeNode, parent: ts.Node): Segment | undefined {
  if (ts.isArrayTypeNode(parent)) return { text: ".[]", kind: "element" };
  if (ts.isTypeReferenceNode(parent))
    return typeArgumentSegment(child, parent.typeArguments, parent.typeName.getText());
  if (ts.isExpressionWithTypeArguments(parent)) {
    return typeArgumentSegment(child, parent.typeArguments, parent.expression.getText());
  }
  if (ts.isTupleTypeNode(parent)) return tupleSegment(child, parent);
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    const word = ts.isNewExpression(parent) ? "new " : "";
    const name = `${word}${parent.expression.getText()}`;
    return { text: `/${name}.<${parent.typeArguments?.indexOf(child) ?? 0}>`, kind: "type-argument" };
  }
  if (ts.isAsExpression(parent) || ts.isTypeAssertionExpression(parent)) return { text: "/as", kind: "cast" };
  if (ts.isSatisfiesExpression(parent)) return { text: "/satisfies", kind: "cast" };
  if (ts.isTypePredicateNode(parent)) return { text: ".is", kind: "predicate" };
  if (ts.isTypeParameterDeclaration(parent)) {
    return { text: `.<${parent.name.text}>`, kind: parent.default === child ? "type-argument" : "constraint" };
  }
  if (ts.isFunctionTypeNode(parent) || ts.isConstructorTypeNode(parent)) return { text: ".return", kind: "return" };
  return undefined;
}

function tupleSegment(child: ts.Node, tuple: ts.TupleTypeNode): Segment {
  const elements: readonly ts.Node[] = tuple.elements;
  return { text: `.[${elements.indexOf(child)}]`, kind: "tuple-slot" };
}

function typeArgumentSegment(child: ts.TypeNode, all: readonly ts.TypeNode[] | undefined, generic: string): Segment {
  if (generic === "Array" || generic === "ReadonlyArray") return { text: ".[]", kind: "element" };
  return { text: `.<${all?.indexOf(child) ?? 0}>`, kind: "type-argument" };
}

function declarationSegment(node: ts.Node, from?: ts.Node): Segment | undefined {
  const inComment = commentSegment(node);
  if (inComment !== undefined) return inComment;
  if (ts.isParameter(node)) return parameterSegment(node);
  if (ts.isVariableDeclaration(node)) return variableSegment(node, from);
  if (ts.isBindingElement(node)) return { ...named(node, node.name), kind: "variable" };
  if (ts.isTypeAliasDeclaration(node)) return { ...named(node, node.name), kind: "alias", owns: true };
  if (ts.isInterfaceDeclaration(node)) return { ...named(node, node.name), owns: true };
  if (ts.isClassLike(node)) return classSegment(node, from);
  if (ts.isModuleDeclaration(node)) return { text: `/${node.name.text}`, owns: true };
  if (ts.isIndexSignatureDeclaration(node)) return { text: ".[index]", kind: "index-signature" };
  if (isMember(node)) return memberSegment(node, from);
  if (ts.isFunctionLike(node)) return functionSegment(node, from);
  return undefined;
}

function named(declaration: ts.Node, name: ts.Node, separator = "/"): Pick<Segment, "text" | "named"> {
  const text = name.getText();
  return { text: `${separator}${text}`, named: { name: text, declaration } };
}

function parameterSegment(node: ts.ParameterDeclaration): Segment {
  if (ts.isIndexSignatureDeclaration(node.parent)) return { text: ".key", kind: "index-signature" };
  const text = node.name.getText();
  const isProperty = ts.isParameterPropertyDeclaration(node, node.parent);
  return {
    text: `.(${text})`,
    kind: "parameter",
    named: isProperty ? { name: text, declaration: node } : undefined,
  };
}

function variableSegment(node: ts.VariableDeclaration, from: ts.Node | undefined): Segment | undefined {
  if (from !== undefined && isNamedByVariable(from)) return undefined;
  return { ...named(node, node.name), kind: ts.isCatchClause(node.parent) ? "catch" : "variable" };
}

function isMember(node: ts.Node): node is ts.PropertyDeclaration | ts.PropertySignature | ts.PropertyAssignment {
  return (
    ts.isPropertyDeclaration(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node)
  );
}

function memberSegment(node: ts.NamedDeclaration, from: ts.Node | undefined): Segment | undefined {
  if (from !== undefined && isNamedByVariable(from)) return undefined;
  if (node.name === undefined) return { text: `${separator(node)}(computed)`, kind: "property" };
  const segment = named(node, node.name, separator(node));
  return { ...segment, named: ownerOfUnnamed(node) ?? segment.named, kind: "property" };
}

function separator(member: ts.Node): string {
  return ts.isTypeLiteralNode(member.parent) || ts.isObjectLiteralExpression(member.parent) ? "." : "#";
}

// `const end_io = (bio) => …` and `{ end_io: (bio) => … }` are known by the name they are given.
function isNamedByVariable(node: ts.Node): boolean {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isClassExpression(node);
}

function functionSegment(node: ts.SignatureDeclaration, from: ts.Node | undefined): Segment | undefined {
  if (ts.isFunctionTypeNode(node) || ts.isConstructorTypeNode(node)) return undefined;
  const name = functionName(node);
  if (ts.isCallSignatureDeclaration(node) || ts.isConstructSignatureDeclaration(node))
    return signatureSegment(node, from);
  const prefix = isClassMember(node) ? separator(node) : "/";
  const isReturn = from === undefined || from === node.type;
  const text = `${prefix}${name?.name ?? "(callback)"}()`;
  return {
    text,
    owns: true,
    named: from !== undefined && isBodyOf(from, node) ? undefined : calledBy(node, name),
    ...(isReturn ? { kind: "return" as const } : {}),
  };
}

// What stands in a body is met by reading the function; only what its head says is met wherever it is called.
function isBodyOf(node: ts.Node, of: ts.SignatureDeclaration): boolean {
  return "body" in of && of.body === node;
}

function calledBy(node: ts.SignatureDeclaration, name: NamedDeclaration | undefined): NamedDeclaration | undefined {
  return ts.isConstructorDeclaration(node) ? nameOf(node.parent) : (ownerOfUnnamed(node) ?? name);
}

// `[Symbol.iterator]()` is called by a `for` that does not say so: wherever its class or interface is used.
function ownerOfUnnamed({ name, parent }: ts.Node & { readonly name?: ts.Node }): NamedDeclaration | undefined {
  if (name === undefined || !ts.isComputedPropertyName(name)) return undefined;
  if (ts.isInterfaceDeclaration(parent)) return { name: parent.name.text, declaration: parent };
  return ts.isClassLike(parent) ? nameOf(parent) : undefined;
}

function signatureSegment(
  node: ts.CallSignatureDeclaration | ts.ConstructSignatureDeclaration,
  from: ts.Node | undefined,
): Segment {
  const word = ts.isCallSignatureDeclaration(node) ? "call" : "new";
  const text = `${separator(node)}${word}()`;
  return from === undefined || from === node.type ? { text, owns: true, kind: "return" } : { text, owns: true };
}

function isClassMember(node: ts.SignatureDeclaration): boolean {
  return (
    ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isAccessor(node) ||
    ts.isConstructorDeclaration(node)
  );
}

// A class is met through its members; its own name leads to its constructor, type parameters and heritage.
function classSegment(node: ts.ClassLikeDeclaration, from: ts.Node | undefined): Segment {
  const name = nameOf(node);
  const isHead = from === undefined || !ts.isClassElement(from);
  return { text: `/${name?.name ?? "(class)"}`, owns: true, named: isHead ? name : undefined };
}

function nameOf(node: ts.ClassLikeDeclaration | ts.FunctionLikeDeclaration): NamedDeclaration | undefined {
  if (node.name !== undefined) return { name: node.name.getText(), declaration: node };
  if (ts.isExportAssignment(node.parent)) return { name: "default", declaration: node.parent };
  const isDefault = ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node);
  return isDefault ? { name: "default", declaration: node } : undefined;
}

function functionName(node: ts.SignatureDeclaration): NamedDeclaration | undefined {
  if (ts.isConstructorDeclaration(node)) return { name: "constructor", declaration: node };
  if (node.name !== undefined) return { name: node.name.getText(), declaration: node };
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) {
    return { name: parent.name.getText(), declaration: parent };
  }
  const isDeclared = ts.isFunctionDeclaration(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node);
  return isDeclared ? nameOf(node) : undefined;
}

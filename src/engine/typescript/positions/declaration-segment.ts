import { ts } from "ts-morph";
import type { NamedDeclaration } from "../reading/uses.ts";
import { commentSegment, type Segment } from "./comment-path.ts";

/** The part of a path that a declaration is, seen from one of its parts. */
export function declarationSegment(node: ts.Node, from?: ts.Node): Segment | undefined {
  const inComment = commentSegment(node);
  if (inComment !== undefined) return inComment;
  if (ts.isParameter(node)) return parameterSegment(node);
  if (ts.isVariableDeclaration(node)) return variableSegment(node, from);
  if (ts.isBindingElement(node)) return { ...bound(node, from), kind: "variable" };
  if (ts.isTypeAliasDeclaration(node)) return { ...named(node, node.name), kind: "alias", owns: true };
  if (ts.isInterfaceDeclaration(node)) return { ...named(node, node.name), owns: true };
  if (ts.isClassLike(node)) return classSegment(node, from);
  if (ts.isModuleDeclaration(node)) return { text: `/${node.name.text}`, owns: true };
  if (ts.isIndexSignatureDeclaration(node)) return { text: ".[index]", kind: "index-signature" };
  if (isMember(node)) return memberSegment(node, from);
  if (ts.isFunctionLike(node)) return functionSegment(node, from);
  return undefined;
}

/** A name, and what can be reached by it. */
export function named(declaration: ts.Node, name: ts.Node, separator = "/"): Pick<Segment, "text" | "named"> {
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
  return { ...bound(node, from), kind: ts.isCatchClause(node.parent) ? "catch" : "variable" };
}

type Bound = ts.VariableDeclaration | ts.BindingElement;

// What a pattern takes apart is reached by all names in it, and each of them by itself.
function bound(node: Bound, from: ts.Node | undefined): Pick<Segment, "text" | "named"> {
  const { name } = node;
  if (ts.isIdentifier(name)) return named(node, name);
  return { text: `/${name.getText()}`, named: from === name ? [] : namesIn(node) };
}

function namesIn(node: Bound): readonly NamedDeclaration[] {
  const { name } = node;
  if (ts.isIdentifier(name)) return [{ name: name.text, declaration: node }];
  return name.elements.flatMap((each) => (ts.isBindingElement(each) ? namesIn(each) : []));
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

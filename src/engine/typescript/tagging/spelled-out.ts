import { ts } from "ts-morph";
import { inferredType, isInferred } from "../flow/carrier.ts";
import { alternatives, type BaseTest, leafOf, mentions, typeArguments } from "./leaves.ts";
import type { OccurrenceNode } from "./occurrences.ts";
import { adoptAll } from "./tag.ts";

/** A declaration and its inferred type, which may stand in its tree as if it were written. */
export interface SpelledOut {
  readonly declaration: Annotatable;
  readonly type: ts.TypeNode;
  readonly places: readonly InferredPlace[];
}

/** Where in it the base stands, and the path of that place as an inferred position. */
export interface InferredPlace {
  readonly node: OccurrenceNode;
  readonly path: string;
}

/** What may have an annotation. */
export type Annotatable = (ts.FunctionLikeDeclaration | ts.PropertyDeclaration | ts.VariableDeclaration) & {
  type?: ts.TypeNode | undefined;
};

/**
 * The inferred type of a declaration as it would be written, so that what comes of it can be tagged: the checker carries
 * the tag of what is written to wherever inference takes it, and what is inferred has none.
 *
 * Shortcomings: a type with objects in it that have no name is left as it is, for their members are declared where they
 * are made.
 */
export function spellOut(declaration: ts.Node, test: BaseTest): SpelledOut | undefined {
  if (!isAnnotatable(declaration) || isPredicate(declaration, test.checker)) return undefined;
  const type = inferredType(declaration, test.checker);
  if (type === undefined || mentions(type, test).length === 0) return undefined;
  const places: InferredPlace[] = [];
  const node = typeNode(type, "");
  if (node === undefined || places.length === 0) return undefined;
  adoptAll(declaration, node, placeOf(declaration));
  return { declaration, type: node, places };

  function typeNode(of: ts.Type, path: string): ts.TypeNode | undefined {
    const isBase = (each: ts.Type) => leafOf(each, test) !== undefined;
    const all = alternatives(of);
    const base = all.find(isBase);
    const nodes = all.filter((each) => !isBase(each)).map((each) => referenceNode(each, path));
    if (base !== undefined) nodes.unshift(baseNode(base, path));
    const [first, ...others] = nodes.filter((each) => each !== undefined);
    if (first === undefined || others.length + 1 < nodes.length) return undefined;
    return others.length === 0 ? first : ts.factory.createUnionTypeNode([first, ...others]);
  }

  function baseNode(of: ts.Type, path: string): ts.TypeNode | undefined {
    const { base, checker } = test;
    const found = base.kind === "primitive" ? ts.factory.createKeywordTypeNode(base.keyword) : named(of, checker);
    if (found === undefined || !isOccurrence(found)) return undefined;
    places.push({ node: found, path });
    return found;
  }

  function referenceNode(of: ts.Type, path: string): ts.TypeNode | undefined {
    const found = named(of, test.checker);
    const parts = typeArguments(of, test.checker);
    if (found === undefined || mentions(of, test).length === 0) return found;
    const inner = parts.map(([step, part]) => typeNode(part, path + step));
    const nodes = inner.filter((each) => each !== undefined);
    if (nodes.length < parts.length) return undefined;
    if (test.checker.isArrayType(of)) return ts.factory.createTypeReferenceNode(of.symbol.name, nodes);
    if (ts.isTupleTypeNode(found)) return ts.factory.createTupleTypeNode(nodes);
    if (ts.isTypeOperatorNode(found))
      return ts.factory.createTypeOperatorNode(found.operator, ts.factory.createTupleTypeNode(nodes));
    if (ts.isTypeReferenceNode(found)) return ts.factory.createTypeReferenceNode(found.typeName, nodes);
    return undefined;
  }

  function named(of: ts.Type, checker: ts.TypeChecker): ts.TypeNode | undefined {
    const found = checker.typeToTypeNode(of, declaration, ts.NodeBuilderFlags.NoTruncation);
    return found === undefined || declaresMembers(found) ? undefined : found;
  }
}

function isAnnotatable(declaration: ts.Node): declaration is Annotatable {
  if (!isInferred(declaration)) return false;
  if (ts.isFunctionLike(declaration)) return "body" in declaration;
  const mayBe = ts.isPropertyDeclaration(declaration) || ts.isVariableDeclaration(declaration);
  return mayBe && declaration.initializer !== undefined;
}

// Where an annotation would begin.
function placeOf(declaration: Annotatable): number {
  if (ts.isArrowFunction(declaration)) return declaration.equalsGreaterThanToken.pos;
  if (ts.isFunctionLike(declaration)) return declaration.body?.pos ?? declaration.end;
  const mark = ts.isPropertyDeclaration(declaration) ? declaration.questionToken : undefined;
  return (declaration.exclamationToken ?? mark ?? declaration.name).end;
}

function isPredicate(declaration: Annotatable, checker: ts.TypeChecker): boolean {
  const signature = ts.isFunctionLike(declaration) ? checker.getSignatureFromDeclaration(declaration) : undefined;
  return signature !== undefined && checker.getTypePredicateOfSignature(signature) !== undefined;
}

function isOccurrence(node: ts.TypeNode): node is OccurrenceNode {
  return ts.isTypeReferenceNode(node) || ts.isImportTypeNode(node) || ts.isToken(node);
}

function declaresMembers(node: ts.Node): boolean {
  if (ts.isTypeLiteralNode(node) || ts.isFunctionTypeNode(node) || ts.isMappedTypeNode(node)) return true;
  if (ts.isOptionalTypeNode(node) || ts.isRestTypeNode(node) || ts.isNamedTupleMember(node)) return true;
  return ts.forEachChild(node, declaresMembers) ?? false;
}

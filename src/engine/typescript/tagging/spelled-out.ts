import { ts } from "ts-morph";
import { inferredType, isInferred } from "../flow/carrier.ts";
import type { BaseTest } from "./leaves.ts";
import type { OccurrenceNode } from "./occurrences.ts";
import { adoptAll } from "./tag.ts";
import { typeNode } from "./type-node.ts";

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
  if (type === undefined) return undefined;
  const places: InferredPlace[] = [];
  const node = typeNode(type, declaration, inPlaceOfBase, test);
  if (node === undefined || declaresMembers(node)) return undefined;
  adoptAll(declaration, node, placeOf(declaration));
  return { declaration, type: node, places };

  // A node for each place: the checker's own for a literal would not be the base.
  function inPlaceOfBase(base: ts.Type, path: string): readonly ts.TypeNode[] | undefined {
    const found = baseNode(base, declaration, test);
    if (found !== undefined) places.push({ node: found, path });
    return found === undefined ? undefined : [found];
  }
}

function baseNode(type: ts.Type, at: ts.Node, { base, checker }: BaseTest): OccurrenceNode | undefined {
  if (base.kind === "primitive") return ts.factory.createKeywordTypeNode(base.keyword);
  const found = checker.typeToTypeNode(type, at, ts.NodeBuilderFlags.NoTruncation);
  return found !== undefined && (ts.isTypeReferenceNode(found) || ts.isImportTypeNode(found)) ? found : undefined;
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

// A function's parameters and an object's members are declared where they are made.
function declaresMembers(node: ts.Node): boolean {
  if (ts.isTypeLiteralNode(node) || ts.isFunctionTypeNode(node) || ts.isMappedTypeNode(node)) return true;
  return ts.forEachChild(node, declaresMembers) ?? false;
}

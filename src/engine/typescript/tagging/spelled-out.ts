import { ts } from "ts-morph";
import { inferredType, isInferred } from "../flow/carrier.ts";
import type { BaseTest } from "./leaves.ts";
import type { OccurrenceNode } from "./occurrences.ts";
import { adoptAll } from "./tag.ts";
import { typeNode } from "./type-node.ts";

/** A declaration with its inferred type, or a call with its type arguments, which may stand in its tree as if written. */
export interface SpelledOut {
  readonly declaration: Annotatable | ts.CallExpression | ts.NewExpression;
  readonly places: readonly InferredPlace[];
  /** Puts what is spelled out into the tree. */
  put(): void;
  /** Leaves the tree as it was parsed. */
  take(): void;
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
  const spelled = type === undefined ? undefined : spell(type, "", declaration, test);
  if (spelled === undefined) return undefined;
  adoptAll(declaration, spelled.node, placeOf(declaration));
  return {
    declaration,
    places: spelled.places,
    put: () => {
      declaration.type = spelled.node;
    },
    take: () => {
      declaration.type = undefined;
    },
  };
}

/** The same of the type arguments of a call, by what they are inferred to be. */
export function spellOutArguments(
  call: ts.CallExpression | ts.NewExpression,
  types: readonly ts.Type[],
  test: BaseTest,
): SpelledOut | undefined {
  const name = `${ts.isNewExpression(call) ? "new " : ""}${call.expression.getText()}`;
  const spelled = types.map((type, i) => spell(type, `/${name}.<${i}>`, call, test));
  const places = spelled.flatMap((each) => each?.places ?? []);
  const nodes = types.flatMap(
    (type, i) => spelled[i]?.node ?? test.checker.typeToTypeNode(type, call, noTruncation) ?? [],
  );
  if (nodes.length < types.length || places.length === 0) return undefined;
  const at = call.expression.end;
  for (const node of nodes) adoptAll(call, node, at);
  const list = ts.setTextRange(ts.factory.createNodeArray(nodes), { pos: at, end: at + 1 });
  const open: { typeArguments?: ts.NodeArray<ts.TypeNode> | undefined } = call;
  return {
    declaration: call,
    places,
    put: () => {
      open.typeArguments = list;
    },
    take: () => {
      open.typeArguments = undefined;
    },
  };
}

interface Spelled {
  readonly node: ts.TypeNode;
  readonly places: readonly InferredPlace[];
}

const noTruncation = ts.NodeBuilderFlags.NoTruncation;

// `path` leads to the type from the position that it is a part of.
function spell(type: ts.Type, path: string, at: ts.Node, test: BaseTest): Spelled | undefined {
  const places: InferredPlace[] = [];
  const node = typeNode(type, at, inPlaceOfBase, test);
  return node === undefined || declaresMembers(node) ? undefined : { node, places };

  // A node for each place: the checker's own for a literal would not be the base.
  function inPlaceOfBase(base: ts.Type, inside: string): readonly ts.TypeNode[] | undefined {
    const found = baseNode(base, at, test);
    if (found !== undefined) places.push({ node: found, path: path + inside });
    return found === undefined ? undefined : [found];
  }
}

function baseNode(type: ts.Type, at: ts.Node, { base, checker }: BaseTest): OccurrenceNode | undefined {
  if (base.kind === "primitive") return ts.factory.createKeywordTypeNode(base.keyword);
  const found = checker.typeToTypeNode(type, at, noTruncation);
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

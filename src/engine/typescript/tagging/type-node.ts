import { ts } from "ts-morph";
import { alternatives, type BaseTest, leafOf, typeArguments } from "./leaves.ts";

/**
 * What stands for the base at a place inside of a type, as the members of a union; undefined where it stays as it is.
 * Asked for values of no declaration alone: what is tagged has a name of its own.
 */
export type InPlaceOfBase = (base: ts.Type, path: string) => readonly ts.TypeNode[] | undefined;

/** A type as it would be written at a node, with others in place of the base; undefined where it stays as it is. */
export function typeNode(
  type: ts.Type,
  at: ts.Node,
  inPlaceOfBase: InPlaceOfBase,
  test: BaseTest,
): ts.TypeNode | undefined {
  const { checker } = test;
  return withOthers(type, "");

  function withOthers(part: ts.Type, path: string): ts.TypeNode | undefined {
    const all = alternatives(part);
    const base = all.find((each) => leafOf(each, test)?.tags.length === 0);
    const others = base === undefined ? undefined : inPlaceOfBase(base, path);
    const rest = others === undefined ? all : all.filter((each) => leafOf(each, test) === undefined);
    if (rest.length === 1 && others === undefined) return withArguments(part, path);
    const inner = rest.map((each) => [each, withArguments(each, path)] as const);
    if (others === undefined && inner.every(([, node]) => node === undefined)) return undefined;
    const nodes = [...(others ?? []), ...inner.flatMap(([each, node]) => node ?? asWritten(each) ?? [])];
    const [only] = nodes;
    return only !== undefined && nodes.length === 1 ? only : ts.factory.createUnionTypeNode(nodes);
  }

  // The same reference with other arguments; an alias has none for them.
  function withArguments(part: ts.Type, path: string): ts.TypeNode | undefined {
    const inner = typeArguments(part, checker).map(([step, argument]) => withOthers(argument, path + step));
    const whole = inner.every((each) => each === undefined)
      ? undefined
      : asWritten(part, ts.NodeBuilderFlags.InTypeAlias);
    return whole === undefined ? undefined : replaceArguments(whole, inner);
  }

  function asWritten(part: ts.Type, more = ts.NodeBuilderFlags.None): ts.TypeNode | undefined {
    const flags = ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.IgnoreErrors | more;
    return checker.typeToTypeNode(part, at, flags);
  }
}

function replaceArguments(whole: ts.TypeNode, replaced: readonly (ts.TypeNode | undefined)[]): ts.TypeNode {
  const by = new Map<ts.Node, ts.TypeNode>();
  for (const [i, node] of argumentNodes(whole).entries()) {
    const other = replaced[i];
    if (other !== undefined) by.set(node, other);
  }
  const visit = (node: ts.Node): ts.Node => by.get(node) ?? ts.visitEachChild(node, visit, undefined);
  return ts.visitNode(whole, visit, ts.isTypeNode);
}

function argumentNodes(node: ts.TypeNode): readonly ts.TypeNode[] {
  if (ts.isArrayTypeNode(node)) return [node.elementType];
  if (ts.isTypeOperatorNode(node)) return argumentNodes(node.type);
  if (ts.isTupleTypeNode(node)) return node.elements.map(slotNode);
  return ts.isTypeReferenceNode(node) ? (node.typeArguments ?? []) : [];
}

function slotNode(element: ts.TypeNode | ts.NamedTupleMember): ts.TypeNode {
  if (ts.isNamedTupleMember(element) || ts.isOptionalTypeNode(element)) return slotNode(element.type);
  return ts.isRestTypeNode(element) && ts.isArrayTypeNode(element.type) ? element.type.elementType : element;
}

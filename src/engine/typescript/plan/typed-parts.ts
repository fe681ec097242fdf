import { ts } from "ts-morph";
import { alternatives, type BaseTest, leafOf, typeArguments } from "../tagging/leaves.ts";

/** How a value of no declaration is called at a place inside of a type, as the members of a union; undefined where it stays plain. */
export type NamesAt = (path: string) => readonly string[] | undefined;

/** A type as it can be written at a node, with the base called by other names at some of the places inside of it. */
export function renamedParts(type: ts.Type, at: ts.Node, namesAt: NamesAt, test: BaseTest): string {
  const { checker } = test;
  const node = typeNode(type, "");
  return node === undefined
    ? checker.typeToString(type, at, ts.TypeFormatFlags.NoTruncation)
    : ts.createPrinter({ removeComments: true }).printNode(ts.EmitHint.Unspecified, node, at.getSourceFile());

  function typeNode(part: ts.Type, path: string): ts.TypeNode | undefined {
    const all = alternatives(part);
    const names = all.some((each) => leafOf(each, test)?.tags.length === 0) ? namesAt(path) : undefined;
    const rest = names === undefined ? all : all.filter((each) => leafOf(each, test) === undefined);
    if (rest.length === 1 && names === undefined) return referenceNode(part, path);
    const named = (names ?? []).map((name) => ts.factory.createTypeReferenceNode(name));
    const inner = rest.map((each) => [each, referenceNode(each, path)] as const);
    if (names === undefined && inner.every(([, node]) => node === undefined)) return undefined;
    const nodes = inner.flatMap(([each, node]) => node ?? plainNode(each) ?? []);
    return ts.factory.createUnionTypeNode([...named, ...nodes]);
  }

  // The same reference with other arguments; undefined where no place in it is called otherwise.
  function referenceNode(part: ts.Type, path: string): ts.TypeNode | undefined {
    const inner = typeArguments(part, checker).map(([step, argument]) => typeNode(argument, path + step));
    const whole = inner.every((each) => each === undefined) ? undefined : plainNode(part);
    return whole === undefined ? undefined : withArguments(whole, inner);
  }

  function plainNode(part: ts.Type): ts.TypeNode | undefined {
    return checker.typeToTypeNode(part, at, ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.IgnoreErrors);
  }
}

function withArguments(whole: ts.TypeNode, replaced: readonly (ts.TypeNode | undefined)[]): ts.TypeNode {
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

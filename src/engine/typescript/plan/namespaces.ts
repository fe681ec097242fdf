import { ts } from "ts-morph";

/** The namespaces around a node, outermost first. */
export function namespacesOf(node: ts.Node): readonly string[] {
  const names: string[] = [];
  for (let current = node.parent; current !== undefined; current = current.parent) {
    if (
      ts.isModuleDeclaration(current) &&
      ts.isIdentifier(current.name) &&
      (current.flags & ts.NodeFlags.GlobalAugmentation) === 0
    )
      names.unshift(current.name.text);
  }
  return names;
}

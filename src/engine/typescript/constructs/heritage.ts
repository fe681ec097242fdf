import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";

/**
 * ⟦instance of the class or interface⟧ ⊆ ⟦each type it extends or implements⟧: overrides, member by member.
 * An argument of an implemented type holds nothing of its own: ⟦what the member takes⟧ ⊆ ⟦argument⟧ too.
 */
export const heritage: Construct = {
  name: "heritage",
  *flows(node, checker) {
    if (!ts.isClassLike(node) && !ts.isInterfaceDeclaration(node)) return;
    const source = checker.getTypeAtLocation(node);
    for (const clause of node.heritageClauses ?? []) {
      for (const type of clause.types) {
        const target = checker.getTypeAtLocation(type);
        yield { source, target, site: type };
        if (clause.token === ts.SyntaxKind.ImplementsKeyword)
          yield { source: target, target: source, site: type, into: type };
      }
    }
  },
};

import { ts } from "ts-morph";
import type { Construct } from "../construct.ts";

/** ⟦instance of the class or interface⟧ ⊆ ⟦each type it extends or implements⟧: overrides, member by member. */
export const heritage: Construct = {
  name: "heritage",
  *flows(node, checker) {
    if (!ts.isClassLike(node) && !ts.isInterfaceDeclaration(node)) return;
    const source = checker.getTypeAtLocation(node);
    for (const clause of node.heritageClauses ?? []) {
      for (const type of clause.types) {
        yield { source, target: checker.getTypeAtLocation(type), site: type };
      }
    }
  },
};

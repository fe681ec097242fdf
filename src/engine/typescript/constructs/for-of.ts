import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";
import { iteratedTypes } from "../types/iterated.ts";

/** ⟦element of the iterable⟧ ⊆ ⟦variable or member⟧, when the loop assigns to what stands outside it. */
export const forOf: Construct = {
  name: "for-of",
  *flows(node, checker) {
    if (!ts.isForOfStatement(node) || ts.isVariableDeclarationList(node.initializer)) return;
    const { expression: value, initializer: assignee } = node;
    const target = checker.getTypeAtLocation(assignee);
    for (const part of iteratedTypes(checker.getTypeAtLocation(value), node, checker)) {
      yield { value, part, target, assignee };
    }
  },
};

import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";
import { iteratedTypes } from "../types/iterated.ts";

/** ⟦element of the iterable⟧ ⊆ ⟦variable⟧, when the loop assigns to a variable that stands outside it. */
export const forOf: Construct = {
  name: "for-of",
  *flows(node, checker) {
    if (!ts.isForOfStatement(node) || ts.isVariableDeclarationList(node.initializer)) return;
    const target = checker.getTypeAtLocation(node.initializer);
    for (const source of iteratedTypes(checker.getTypeAtLocation(node.expression), node, checker)) {
      yield { source, target, site: node.initializer };
    }
  },
};

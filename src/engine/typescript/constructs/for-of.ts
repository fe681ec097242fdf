import { ts } from "ts-morph";
import type { Construct } from "../construct.ts";

/** ⟦element of the iterable⟧ ⊆ ⟦variable⟧, when the loop assigns to a variable that stands outside it. */
export const forOf: Construct = {
  name: "for-of",
  *flows(node, checker) {
    if (!ts.isForOfStatement(node) || ts.isVariableDeclarationList(node.initializer)) return;
    const element = checker.getIndexTypeOfType(checker.getTypeAtLocation(node.expression), ts.IndexKind.Number);
    if (element === undefined) return;
    yield { source: element, target: checker.getTypeAtLocation(node.initializer), site: node.initializer };
  },
};

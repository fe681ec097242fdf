import { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";

/** ⟦span i⟧ ⊆ ⟦parameter i + 1⟧ of the tag function. */
export const taggedTemplate: Construct = {
  name: "tagged-template",
  *flows(node, checker) {
    if (!ts.isTaggedTemplateExpression(node) || !ts.isTemplateExpression(node.template)) return;
    const signature = checker.getResolvedSignature(node)?.getDeclaration();
    for (const { expression } of node.template.templateSpans) {
      const target = checker.getContextualType(expression);
      if (target !== undefined) yield { value: expression, target, signature, callee: node.tag };
    }
  },
};

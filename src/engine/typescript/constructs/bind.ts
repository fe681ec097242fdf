import type { ts } from "ts-morph";
import type { Construct } from "../flow/construct.ts";
import { type SpreadPart, spreadParts } from "../flow/spread.ts";
import { type IndirectCall, indirectCall } from "../syntax/indirect-call.ts";
import { parameterType } from "../types/signature.ts";

/** ⟦argument i + 1⟧ ⊆ ⟦parameter i⟧ of the function that `bind`, `call` or `apply` is a member of. */
export const bind: Construct = {
  name: "bind",
  *flows(node, checker) {
    const call = indirectCall(node, checker);
    if (call === undefined) return;
    const { called: callee } = call;
    const [resolved] = checker.getTypeAtLocation(callee).getCallSignatures();
    if (resolved === undefined) return;
    const signature = resolved.getDeclaration();
    for (const [i, part] of givenParts(call, checker).flatMap((parts) => [...parts.entries()])) {
      const target = parameterType(resolved, i, callee, checker);
      if (target !== undefined) yield { ...part, target, signature, callee };
    }
  },
};

function givenParts({ how, given }: IndirectCall, checker: ts.TypeChecker): readonly (readonly SpreadPart[])[] {
  return how === "apply" ? given.flatMap((list) => spreadParts(list, checker)) : [given.map((value) => ({ value }))];
}

import { ts } from "ts-morph";
import type { Construct, ValueFlow } from "../flow/construct.ts";
import { sameMember } from "../types/member.ts";

/** ⟦member of each further argument⟧ ⊆ ⟦member of the first⟧, for `Object.assign`; the compiler compares nothing. */
export const objectAssign: Construct = {
  name: "object-assign",
  *flows(node, checker) {
    if (!ts.isCallExpression(node) || node.expression.getText() !== "Object.assign") return;
    const [first, ...others] = node.arguments;
    if (first === undefined) return;
    const target = checker.getTypeAtLocation(first);
    for (const other of others) yield* memberFlows(other, target, checker);
  },
};

function* memberFlows(source: ts.Expression, target: ts.Type, checker: ts.TypeChecker): Iterable<ValueFlow> {
  for (const own of checker.getPropertiesOfType(checker.getTypeAtLocation(source))) {
    const member = sameMember(target, own, checker);
    if (member === undefined) continue;
    const wanted = checker.getTypeOfSymbolAtLocation(member, source);
    const value = writtenValue(own.valueDeclaration, source);
    if (value !== undefined) yield { value, target: wanted, unchecked: true };
    else yield { value: source, part: checker.getTypeOfSymbolAtLocation(own, source), target: wanted, unchecked: true };
  }
}

// The member's own value, when the object is written out here.
function writtenValue(member: ts.Declaration | undefined, source: ts.Expression): ts.Expression | undefined {
  if (member === undefined || member.parent !== source) return undefined;
  if (ts.isPropertyAssignment(member)) return member.initializer;
  return ts.isShorthandPropertyAssignment(member) ? member.name : undefined;
}

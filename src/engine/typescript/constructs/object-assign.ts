import { ts } from "ts-morph";
import type { Construct, ValueFlow } from "../flow/construct.ts";
import { sameMember } from "../types/member.ts";

/**
 * ⟦member of each further argument⟧ ⊆ ⟦member of the first⟧, for `Object.assign`; the compiler compares nothing. What it
 * gives is of the types of all arguments to the compiler, so ⟦member of a later one⟧ ⊆ ⟦declared member of one before⟧ too.
 */
export const objectAssign: Construct = {
  name: "object-assign",
  *flows(node, checker) {
    if (!ts.isCallExpression(node) || node.expression.getText() !== "Object.assign") return;
    const [first, ...others] = node.arguments;
    if (first === undefined) return;
    const target = checker.getTypeAtLocation(first);
    for (const [i, other] of others.entries()) {
      yield* memberFlows(other, target, () => true, checker);
      for (const before of others.slice(0, i)) {
        yield* memberFlows(other, checker.getTypeAtLocation(before), isDeclared, checker);
      }
    }
  },
};

// What is written in a literal is of no type of its own.
function isDeclared({ valueDeclaration }: ts.Symbol): boolean {
  return valueDeclaration !== undefined && !ts.isObjectLiteralElement(valueDeclaration);
}

function* memberFlows(
  source: ts.Expression,
  target: ts.Type,
  isMeant: (member: ts.Symbol) => boolean,
  checker: ts.TypeChecker,
): Iterable<ValueFlow> {
  for (const own of checker.getPropertiesOfType(checker.getTypeAtLocation(source))) {
    const member = sameMember(target, own, checker);
    if (member === undefined || !isMeant(member)) continue;
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

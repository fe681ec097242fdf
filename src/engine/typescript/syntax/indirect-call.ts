import { ts } from "ts-morph";

/** A call of a function through one of its own members, and the function that stands before it. */
export interface IndirectCall {
  readonly how: "apply" | "bind" | "call";
  readonly called: ts.Expression;
  /** What comes after `this`. */
  readonly given: readonly ts.Expression[];
}

/** `f.bind(self, x)`, `f.call(self, x)` and `f.apply(self, [x])`; undefined for all other calls. */
export function indirectCall(node: ts.Node, checker: ts.TypeChecker): IndirectCall | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { name, expression: called } = node.expression;
  const how = name.text;
  if (how !== "apply" && how !== "bind" && how !== "call") return undefined;
  const isOfFunctions = checker.getSymbolAtLocation(name)?.declarations?.some(standsInFunction) ?? false;
  return isOfFunctions ? { how, called, given: node.arguments.slice(1) } : undefined;
}

function standsInFunction({ parent }: ts.Declaration): boolean {
  return ts.isInterfaceDeclaration(parent) && /^(Callable|Newable)?Function$/.test(parent.name.text);
}

import { ts } from "ts-morph";
import type { Construct, TypeFlow } from "../flow/construct.ts";
import { typeArguments } from "../tagging/leaves.ts";

/**
 * ⟦what is decorated⟧ ⊆ ⟦first parameter of the decorator⟧, and what it returns takes the place: ⟦result⟧ ⊆ ⟦decorated⟧.
 *
 * Shortcomings: of the decorators before the standard, only the result is followed, not the property descriptor.
 */
export const decorator: Construct = {
  name: "decorator",
  *flows(node, checker) {
    if (!ts.isDecorator(node)) return;
    const signature = checker.getResolvedSignature(node);
    if (signature === undefined) return;
    const [value, context] = signature.parameters.map((each) => checker.getTypeOfSymbolAtLocation(each, node));
    if (value === undefined) return;
    const decorated = decoratedType(node.parent, checker);
    const result = signature.getReturnType();
    yield* contextFlows(node, decorated, context, checker);
    if (ts.isPropertyDeclaration(node.parent)) {
      yield* initializerFlows(node, result, decorated, checker);
      return;
    }
    yield { source: decorated, target: value, site: node };
    yield { source: result, target: decorated, site: node };
  },
};

// ⟦decorated⟧ = ⟦last argument of the context⟧, `ClassMethodDecoratorContext<Pool, (address: number) => Page>`.
function* contextFlows(
  site: ts.Decorator,
  decorated: ts.Type,
  context: ts.Type | undefined,
  checker: ts.TypeChecker,
): Iterable<TypeFlow> {
  const value = context === undefined ? undefined : contextValue(context, checker);
  if (value === undefined) return;
  yield { source: decorated, target: value, site };
  yield { source: value, target: decorated, site };
}

function contextValue(context: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  if (context.aliasTypeArguments !== undefined) return context.aliasTypeArguments.at(-1);
  return typeArguments(context, checker).at(-1)?.[1];
}

function decoratedType(declaration: ts.Node, checker: ts.TypeChecker): ts.Type {
  const isNamed = ts.isMethodDeclaration(declaration) || ts.isClassLike(declaration);
  const symbol = isNamed && declaration.name !== undefined ? checker.getSymbolAtLocation(declaration.name) : undefined;
  return symbol === undefined ? checker.getTypeAtLocation(declaration) : checker.getTypeOfSymbol(symbol);
}

// The decorator of a field returns a function from the initial value to another one.
function* initializerFlows(
  site: ts.Decorator,
  result: ts.Type,
  field: ts.Type,
  checker: ts.TypeChecker,
): Iterable<TypeFlow> {
  for (const type of result.isUnion() ? result.types : [result]) {
    for (const signature of type.getCallSignatures()) {
      const initial = signature.parameters[0];
      if (initial !== undefined)
        yield { source: field, target: checker.getTypeOfSymbolAtLocation(initial, site), site };
      yield { source: signature.getReturnType(), target: field, site };
    }
  }
}

import { ts } from "ts-morph";
import type { Construct, TypeFlow } from "../flow/construct.ts";
import { structured } from "../flow/pair-step.ts";
import { sameMember } from "../types/member.ts";
import { isOfLibrary } from "../types/of-library.ts";
import { resolveAlias } from "../types/resolve-alias.ts";

/** ⟦type argument⟧ ⊆ ⟦constraint of the type parameter⟧, whether the argument is written, inferred at a call or a default. */
export const constraint: Construct = {
  name: "constraint",
  *flows(node, checker) {
    if (ts.isCallLikeExpression(node)) yield* inferredArguments(node, checker);
    else if (isInstantiation(node)) yield* writtenArguments(node, checker);
    else if (ts.isTypeParameterDeclaration(node)) yield* defaultArgument(node, checker);
  },
};

type Instantiation = ts.NodeWithTypeArguments;
type TypeParameters = readonly ts.TypeParameterDeclaration[];

function isInstantiation(node: ts.Node): node is Instantiation {
  return (
    ts.isTypeReferenceNode(node) ||
    ts.isExpressionWithTypeArguments(node) ||
    ts.isTypeQueryNode(node) ||
    ts.isImportTypeNode(node)
  );
}

function* writtenArguments(node: Instantiation, checker: ts.TypeChecker): Iterable<TypeFlow> {
  const { typeArguments } = node;
  const name = nameIn(node);
  if (typeArguments === undefined || name === undefined) return;
  const types = typeArguments.map((argument) => checker.getTypeFromTypeNode(argument));
  for (const parameters of parametersNamed(name, types.length, checker)) {
    for (const [i, site] of typeArguments.entries()) {
      yield* into({ parameters, types, site, checker }, i);
      yield* intoAnother({ parameters, types, site, checker }, i);
    }
  }
}

function nameIn(node: Instantiation): ts.Node | undefined {
  if (ts.isTypeReferenceNode(node)) return node.typeName;
  if (ts.isExpressionWithTypeArguments(node)) return node.expression;
  if (ts.isTypeQueryNode(node)) return node.exprName;
  return ts.isImportTypeNode(node) ? node.qualifier : undefined;
}

// Of a class or a type those of its head, of a function those of every signature that takes so many arguments.
function parametersNamed(name: ts.Node, count: number, checker: ts.TypeChecker): readonly TypeParameters[] {
  const ofType = typeParametersOf(name, checker);
  if (ofType.length > 0) return [ofType];
  const type = checker.getTypeAtLocation(name);
  const signatures = [...type.getCallSignatures(), ...type.getConstructSignatures()];
  const all = signatures.map((signature) => parametersOfSignature(signature, name, checker));
  return [...new Set(all)].filter(({ length }) => length >= count);
}

function* inferredArguments(call: ts.CallLikeExpression, checker: ts.TypeChecker): Iterable<TypeFlow> {
  const signature = checker.getResolvedSignature(call);
  const types = signature === undefined ? undefined : checker.getTypeArgumentsForResolvedSignature(signature);
  if (signature === undefined || types === undefined) return;
  const parameters = parametersOfSignature(signature, ts.isNewExpression(call) ? call.expression : call, checker);
  const written = "typeArguments" in call ? call.typeArguments : undefined;
  for (const i of types.keys()) {
    const site = written?.[i];
    yield* into({ parameters, types, site: site ?? call, checker }, i);
    if (site !== undefined) yield* intoAnother({ parameters, types, site, checker }, i);
  }
}

function* defaultArgument(parameter: ts.TypeParameterDeclaration, checker: ts.TypeChecker): Iterable<TypeFlow> {
  const { constraint: bound, default: given } = parameter;
  if (bound === undefined || given === undefined) return;
  yield { source: checker.getTypeFromTypeNode(given), target: checker.getTypeFromTypeNode(bound), site: given };
}

/** Type parameters and what they stand for at a site. */
interface Instance {
  readonly parameters: TypeParameters;
  readonly types: readonly ts.Type[];
  readonly site: ts.Node;
  readonly checker: ts.TypeChecker;
}

function* into(instance: Instance, i: number): Iterable<TypeFlow> {
  const { parameters, types, site, checker } = instance;
  const [bound, source] = [parameters[i]?.constraint, types[i]];
  if (bound === undefined || source === undefined) return;
  const target = checker.getTypeFromTypeNode(bound);
  yield { source, target, site };
  yield* intoOthers(instance, source, target);
}

// `is<string, string>(actual, expected)` with `E extends A`. What is inferred for E is compared with A argument by argument.
function* intoAnother({ parameters, types, site, checker }: Instance, i: number): Iterable<TypeFlow> {
  const [bound, source] = [parameters[i]?.constraint, types[i]];
  if (bound === undefined || source === undefined) return;
  const named = checker.getTypeFromTypeNode(bound);
  const target = types[parameters.findIndex((parameter) => checker.getTypeAtLocation(parameter) === named)];
  if (target !== undefined) yield { source, target, site };
}

// `<E extends { id: K }, K>`: what stands for K is a bound of E's id. No member of a string or a list is of a K alone.
function* intoOthers(
  { parameters, types, site, checker }: Instance,
  source: ts.Type,
  bound: ts.Type,
): Iterable<TypeFlow> {
  if (parameters.length < 2 || (bound.flags & structured) === 0 || isOfLibrary(bound)) return;
  for (const member of checker.getPropertiesOfType(bound)) {
    const own = sameMember(source, member, checker);
    const wanted = checker.getTypeOfSymbolAtLocation(member, site);
    const other = parameters.findIndex((parameter) => checker.getTypeAtLocation(parameter) === wanted);
    const target = types[other];
    if (own !== undefined && target !== undefined)
      yield { source: checker.getTypeOfSymbolAtLocation(own, site), target, site };
  }
}

// A class has its type parameters from its head, whether its constructor is written or not.
function parametersOfSignature(signature: ts.Signature, callee: ts.Node, checker: ts.TypeChecker): TypeParameters {
  const declaration: ts.SignatureDeclaration | undefined = signature.getDeclaration();
  if (declaration !== undefined && !ts.isConstructorDeclaration(declaration)) return declaration.typeParameters ?? [];
  if (declaration !== undefined) return declaration.parent.typeParameters ?? [];
  return typeParametersOf(callee, checker);
}

function typeParametersOf(name: ts.Node, checker: ts.TypeChecker): TypeParameters {
  const symbol = checker.getSymbolAtLocation(name);
  const target = symbol === undefined ? undefined : resolveAlias(symbol, checker);
  for (const declaration of target?.declarations ?? []) {
    if (
      ts.isTypeAliasDeclaration(declaration) ||
      ts.isClassLike(declaration) ||
      ts.isInterfaceDeclaration(declaration)
    ) {
      return declaration.typeParameters ?? [];
    }
  }
  return [];
}

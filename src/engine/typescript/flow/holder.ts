import { ts } from "ts-morph";
import type { ValueFlow } from "./construct.ts";

/** In `pages.push(page)` the receiver: its type arguments say what the parameter takes. */
export function holderOf(
  { expression }: ts.CallExpression | ts.NewExpression,
  parameter: ts.ParameterDeclaration | undefined,
  checker: ts.TypeChecker,
): ts.Expression | undefined {
  if (parameter?.type === undefined || !ts.isPropertyAccessExpression(expression)) return undefined;
  return namesTypeParameter(parameter.type, checker) ? expression.expression : undefined;
}

/** The same of a list that is written where it is passed, `pages.concat([page])`, with the signature that is called. */
export function holderAround(
  list: ts.ArrayLiteralExpression,
  checker: ts.TypeChecker,
): Pick<ValueFlow, "holder" | "signature"> {
  const outer = outermostLiteral(list);
  const call = outer.parent;
  if (!ts.isCallExpression(call) || call.expression === outer) return {};
  const signature = checker.getResolvedSignature(call)?.getDeclaration();
  const holder = holderOf(call, parameterOf(call, outer, signature), checker);
  return holder === undefined ? {} : { holder, signature };
}

function outermostLiteral(value: ts.Expression): ts.Expression {
  const { parent } = value;
  return ts.isArrayLiteralExpression(parent) || ts.isParenthesizedExpression(parent) ? outermostLiteral(parent) : value;
}

/** The parameter that an argument is passed for, where the signature declares it itself. */
export function parameterOf(
  call: ts.CallExpression | ts.NewExpression,
  argument: ts.Expression,
  signature: ts.SignatureDeclaration | undefined,
): ts.ParameterDeclaration | undefined {
  const last = signature?.parameters.at(-1);
  const parameter = signature?.parameters[call.arguments?.indexOf(argument) ?? -1];
  const found = parameter ?? (last !== undefined && "dotDotDotToken" in last ? last : undefined);
  return found !== undefined && ts.isParameter(found) && found.parent === signature ? found : undefined;
}

/** Does a type name a type parameter anywhere? */
export function namesTypeParameter(node: ts.Node, checker: ts.TypeChecker): boolean {
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) {
    const symbol = checker.getSymbolAtLocation(node.typeName);
    if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.TypeParameter) !== 0) return true;
  }
  return ts.forEachChild(node, (child) => namesTypeParameter(child, checker)) ?? false;
}

import { ts } from "ts-morph";
import { isInChain, look, type Sheet, wrap } from "../sheet.ts";
import { declaredSights, type Sight, typeSights } from "../sights.ts";
import { isBodiless, valueSights } from "../value-sights.ts";

/**
 * What goes into a call; and what comes out of one through a type, such as a callback's, a method's of an interface, an
 * overload's: there is no body to see it in.
 */
export function calls(node: ts.Node, sheet: Sheet): void {
  if (!ts.isCallExpression(node)) return;
  const { checker } = sheet.context.test;
  const signature = checker.getResolvedSignature(node);
  const declaration: ts.SignatureDeclaration | ts.JSDocSignature | undefined = signature?.getDeclaration();
  if (signature === undefined || declaration === undefined || declaration.getSourceFile().isDeclarationFile) return;

  const isTyped = isBodiless(declaration) || checker.getTypeAtLocation(node.expression).isUnion();
  if (isTyped) look(sheet, node, typeSights(sheet.context, signature.getReturnType()));
  const handed = node.arguments.map((argument, i) => ({
    argument,
    sights: parameterSights(sheet, node, signature, i),
  }));
  if (isTyped && !isInChain(node) && handed.some(({ sights }) => sights.length > 0))
    wrap(sheet, node, "__o.over(", ")");
  for (const [i, { argument, sights }] of handed.entries()) {
    if (ts.isSpreadElement(argument)) return;
    look(sheet, argument, sights, isTyped ? i : undefined);
  }
}

// A rest parameter is seen where its function begins.
function parameterSights(
  { context }: Sheet,
  call: ts.CallExpression,
  signature: ts.Signature,
  number: number,
): readonly Sight[] {
  const parameter = signature.parameters[number];
  const argument = call.arguments[number];
  if (parameter === undefined || argument === undefined) return [];
  // One of several functions: which it is, is seen where it begins.
  if (context.test.checker.getTypeAtLocation(call.expression).isUnion()) return valueSights(context, argument);
  const declared = parameter.valueDeclaration;
  if (declared === undefined) return [];
  if (ts.isParameter(declared) && declared.dotDotDotToken !== undefined) return [];
  if (!isBodiless(signature.getDeclaration())) return declaredSights(context, declared);
  return typeSights(context, context.test.checker.getTypeOfSymbolAtLocation(parameter, call));
}

/** What is asserted to be of a type, and what is made with type arguments. */
export function assertions(node: ts.Node, sheet: Sheet): void {
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) {
    if (!ts.isConstTypeReference(node.type)) look(sheet, node, sightsWithin(sheet, node.type, node));
  }
  const isMaking = ts.isNewExpression(node) || ts.isCallExpression(node);
  if (isMaking && node.typeArguments !== undefined) {
    look(
      sheet,
      node,
      node.typeArguments.flatMap((argument) => sightsWithin(sheet, argument, node)),
    );
  }
}

// The positions written here.
function sightsWithin(sheet: Sheet, written: ts.TypeNode, value: ts.Expression): readonly Sight[] {
  const { checker } = sheet.context.test;
  const isHere = ({ position }: Sight) => {
    const at = sheet.context.positions.entries.get(position)?.node;
    return (
      at !== undefined &&
      at.pos >= written.pos &&
      at.end <= written.end &&
      at.getSourceFile() === written.getSourceFile()
    );
  };
  return typeSights(sheet.context, checker.getTypeAtLocation(value)).filter(isHere);
}

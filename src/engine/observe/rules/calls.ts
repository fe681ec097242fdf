import { ts } from "ts-morph";
import { look, type Sheet, type Sight, typeSights } from "../sheet.ts";

/** What goes into and comes out of a call through a type: a callback's, a method's of an interface, an overload's. */
export function typedCalls(node: ts.Node, sheet: Sheet): void {
  if (!ts.isCallExpression(node)) return;
  const { checker } = sheet.context.test;
  const signature = checker.getResolvedSignature(node);
  const declaration: ts.Node | undefined = signature?.getDeclaration();
  if (signature === undefined || declaration === undefined || !isBodiless(declaration)) return;

  look(sheet, node, typeSights(sheet.context, signature.getReturnType()));
  for (const [i, argument] of node.arguments.entries()) {
    const parameter = signature.parameters[i];
    if (parameter === undefined || ts.isSpreadElement(argument)) return;
    look(sheet, argument, typeSights(sheet.context, checker.getTypeOfSymbolAtLocation(parameter, node)));
  }
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

function isBodiless(declaration: ts.Node): boolean {
  if (declaration.getSourceFile().isDeclarationFile) return false;
  return ts.isFunctionLike(declaration) && !("body" in declaration && declaration.body !== undefined);
}

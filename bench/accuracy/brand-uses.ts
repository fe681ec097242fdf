import ts from "typescript-6";

/** A cast or `satisfies` creates the brand, any other place declares it; some declare it inside another type. */
export type PlaceKind = "annotation" | "cast" | "predicate" | "record-key" | "template-type";

/** A place where the authors wrote the brand. */
export interface BrandUse {
  readonly node: ts.TypeReferenceNode;
  readonly kind: PlaceKind;
  /** The whole type that it stands in. */
  readonly type: ts.TypeNode;
}

/** The places of a file that mean the brand, in order; its own declaration is none. */
export function usesIn(file: ts.SourceFile, brand: ts.Symbol, checker: ts.TypeChecker): readonly BrandUse[] {
  const found: BrandUse[] = [];
  const visit = (node: ts.Node): void => {
    if (isOwnDeclaration(node, brand)) return;
    if (ts.isTypeReferenceNode(node) && means(node.typeName, brand, checker)) found.push(useOf(node));
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

// A value of the same name may be declared beside the type, which is why the node decides.
function isOwnDeclaration(node: ts.Node, brand: ts.Symbol): boolean {
  return ts.isTypeAliasDeclaration(node) && (brand.declarations ?? []).includes(node);
}

function means(name: ts.EntityName, brand: ts.Symbol, checker: ts.TypeChecker): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  if (symbol === undefined) return false;
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol === brand : checker.getAliasedSymbol(symbol) === brand;
}

function useOf(node: ts.TypeReferenceNode): BrandUse {
  const type = (ts.findAncestor(node, (each) => !ts.isTypeNode(each.parent)) ?? node) as ts.TypeNode;
  return { node, type, kind: kindOf(node, type) };
}

function kindOf(node: ts.TypeReferenceNode, type: ts.TypeNode): PlaceKind {
  const { parent } = node;
  if (isCast(type.parent)) return "cast";
  if (ts.isTypePredicateNode(type)) return "predicate";
  if (ts.isTypeReferenceNode(parent) && parent.typeName.getText() === "Record" && parent.typeArguments?.[0] === node) {
    return "record-key";
  }
  if (ts.isMappedTypeNode(parent.parent) || ts.isIndexSignatureDeclaration(parent.parent)) return "record-key";
  return ts.isTemplateLiteralTypeSpan(parent) ? "template-type" : "annotation";
}

function isCast(node: ts.Node): boolean {
  return ts.isAssertionExpression(node) || ts.isSatisfiesExpression(node);
}

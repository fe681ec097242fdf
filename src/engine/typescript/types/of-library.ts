import { ts } from "ts-morph";

/**
 * The symbol of an intersection is undefined, whatever the compiler's declarations say. What a library's alias stands
 * for, such as `Record<string, Page>`, has members like any literal type.
 */
export function isDeclaredInLibrary(symbol: ts.Symbol | undefined): boolean {
  if (symbol !== undefined && (symbol.flags & ts.SymbolFlags.TypeLiteral) !== 0) return false;
  return symbol?.declarations?.every((declaration) => declaration.getSourceFile().isDeclarationFile) ?? false;
}

/** The members of a `Record` or a `Partial` are the project's, whoever declares how they are mapped. */
export function isOfLibrary(type: ts.Type): boolean {
  const isObject = (type.flags & ts.TypeFlags.Object) !== 0;
  const isMapped = isObject && ((type as ts.ObjectType).objectFlags & ts.ObjectFlags.Mapped) !== 0;
  return !isMapped && isDeclaredInLibrary(type.symbol);
}

import { ts } from "ts-morph";
import { mentionsName } from "../syntax/names.ts";
import type { BaseType } from "../tagging/occurrences.ts";
import { resolveAlias } from "../types/resolve-alias.ts";
import { type SelectionScope, select } from "./select.ts";

/**
 * The base under the brand's name, `type UserId = string`, which is to become the brand; undefined when there is no such
 * alias. `brand` is a name or `file.ts#Name`.
 */
export function adoptedAlias(
  brand: string,
  base: BaseType,
  scope: SelectionScope,
  checker: ts.TypeChecker,
): ts.TypeAliasDeclaration | undefined {
  const named = brand.includes("#") ? select(brand, scope).map(({ declaration }) => declaration) : topOf(brand, scope);
  const [only, ...others] = named.filter(ts.isTypeAliasDeclaration);
  if (only === undefined || others.length > 0 || only.typeParameters !== undefined) return undefined;
  return isBase(only.type, base, checker) ? only : undefined;
}

function topOf(name: string, { files }: SelectionScope): readonly ts.Node[] {
  const isNamed = (statement: ts.Statement) => ts.isTypeAliasDeclaration(statement) && statement.name.text === name;
  return files.filter((file) => mentionsName(file, name)).flatMap((file) => file.statements.filter(isNamed));
}

function isBase(type: ts.TypeNode, base: BaseType, checker: ts.TypeChecker): boolean {
  if (base.kind === "primitive") return type.kind === base.keyword;
  if (!ts.isTypeReferenceNode(type) || type.typeArguments !== undefined) return false;
  const symbol = checker.getSymbolAtLocation(type.typeName);
  return symbol !== undefined && resolveAlias(symbol, checker) === base.symbol;
}

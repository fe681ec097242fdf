import { ts } from "ts-morph";
import type { Mode } from "../../migration.ts";
import { isLibraryFile } from "../project/libraries.ts";
import type { BaseType } from "../tagging/occurrences.ts";
import { isTypeDeclaration } from "./base.ts";
import type { Selection } from "./select.ts";

/** A type's declaration that a brand can be made of. */
export type TypeHome = ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration | ts.EnumDeclaration;

/** Does this declare a type that a brand can be made of? */
export function isTypeHome(node: ts.Node): node is TypeHome {
  return isTypeDeclaration(node) || ts.isEnumDeclaration(node);
}

/**
 * What a new brand is declared beside: the base, or the first source where the base is not the project's own. Undefined
 * without a source, and for a base outside the project that the brand is no subtype of.
 */
export function brandHome(base: BaseType, sources: readonly Selection[], mode: Mode): ts.Node | undefined {
  const source = sources[0]?.declaration;
  if (source === undefined || base.kind === "primitive") return source;
  const first = base.symbol.declarations?.find(isTypeHome);
  if (first !== undefined && isEditable(first)) return first;
  return mode === "subtype" ? source : undefined;
}

function isEditable(node: ts.Node): boolean {
  const { fileName } = node.getSourceFile();
  return !fileName.includes("/node_modules/") && !isLibraryFile(fileName);
}

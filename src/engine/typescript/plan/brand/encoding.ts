import { ts } from "ts-morph";
import type { TextChange } from "../../../edit.ts";
import { InputError } from "../../../input-error.ts";
import type { Mode } from "../../../migration.ts";
import type { TypeHome } from "../../select/brand-home.ts";
import { ambient, baseName, below, type Coined, phantomClass, withMember } from "./coined.ts";
import { isKindWanted, kindEncoding } from "./encoding-kind.ts";
import { viewEncoding } from "./encoding-view.ts";

/** The base's declaration, whether there are others of it, and the files that may ask what is an instance of it. */
export interface Encoded {
  readonly home: TypeHome;
  readonly isMerged: boolean;
  readonly files: readonly ts.SourceFile[];
}

/**
 * What declares a brand of an object type beside its base. As a subtype: the base and a phantom member, for any type.
 * Distinct from it, by what the base is:
 * an alias, or an interface with call or index signatures, `this`, privates or type parameters: two siblings over a
 * common view, which fits unions, whose members stay told apart, and functions;
 * any other interface and most classes: the public members, and a mark on the base that the brand has not;
 * a class whose instances read each other's privates or are told apart by `instanceof`: a type parameter for the kind.
 */
export function objectEncoding(coined: Coined, mode: Mode, { home, files, isMerged }: Encoded): readonly TextChange[] {
  if (mode === "subtype") return [subtype(coined, home)];
  if (ts.isEnumDeclaration(home)) {
    throw new InputError(
      `${home.name.text} is an enum, which cannot get a distinct brand; use --mode subtype, or declare the brand yourself and name it: --brand file.ts#Name`,
    );
  }
  if (ts.isClassDeclaration(home)) {
    return !isMerged && isKindWanted(home, files) ? kindEncoding(coined, home) : membersEncoding(coined, home);
  }
  if (ts.isInterfaceDeclaration(home) && !isViewNeeded(home)) return membersEncoding(coined, home);
  if (!isMerged) return viewEncoding(coined, home);
  throw new InputError(
    `${home.name.text} is declared in several parts, and only one of them could be shared with a distinct brand; use --mode subtype, or declare the brand yourself and name it: --brand file.ts#Name`,
  );
}

function subtype(coined: Coined, home: TypeHome): TextChange {
  const { name, key, end, exported, parameters } = coined;
  const symbol = `${ambient(home)}const ${key}: unique symbol${end}`;
  const type = `${exported}type ${name}${parameters.declared} = ${baseName(home)}${parameters.named} & { readonly [${key}]: never }${end}`;
  return below(home, `${symbol}\n\n${type}`);
}

function membersEncoding(coined: Coined, home: ts.InterfaceDeclaration | ts.ClassDeclaration): readonly TextChange[] {
  const { name, key, end, exported, parameters } = coined;
  const base = `${baseName(home)}${parameters.named}`;
  const type = `${exported}type ${name}${parameters.declared} = Omit<${base}, "${key}"> & ${name}Brand${end}`;
  const mark = `readonly ${key}?: never;`;
  return [withMember(home, mark, coined), below(home, `${phantomClass(coined, home)}\n\n${type}`)];
}

function isViewNeeded(home: ts.InterfaceDeclaration): boolean {
  const hasSignature = home.members.some(
    (each) =>
      ts.isCallSignatureDeclaration(each) ||
      ts.isConstructSignatureDeclaration(each) ||
      ts.isIndexSignatureDeclaration(each),
  );
  return hasSignature || home.typeParameters !== undefined || mentionsThis(home) || home.heritageClauses !== undefined;
}

function mentionsThis(node: ts.Node): boolean {
  return (
    node.kind === ts.SyntaxKind.ThisType || ts.forEachChild(node, (child) => mentionsThis(child) || undefined) === true
  );
}

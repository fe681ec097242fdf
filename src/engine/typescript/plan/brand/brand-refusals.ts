import { ts } from "ts-morph";
import type { FlowGraph } from "../../../graph/graph.ts";
import { InputError } from "../../../input-error.ts";
import { isTypeDeclaration, typeOfBase } from "../../select/base.ts";
import { isJavaScript } from "../../syntax/annotation.ts";
import type { BaseType } from "../../tagging/occurrences.ts";

/** The mend where a brand cannot be declared for the user. */
export const declareYourself = "declare the brand yourself and name it: --brand file.ts#Name";

/** @throws InputError for a file in which no type can be declared, or none exported */
export function refuseUnwritable(file: ts.SourceFile): void {
  const name = file.fileName.split("/").at(-1);
  if (isJavaScript(file)) {
    throw new InputError(`${name} is JavaScript, where no type can be declared; ${declareYourself}`);
  }
  const exported = file.statements.find((each) => ts.isExportAssignment(each) && each.isExportEquals === true);
  if (exported === undefined) return;
  throw new InputError(`${name} says export =, which leaves no room for another export; ${declareYourself}`);
}

/** @throws InputError for what no type can be called */
export function refuseBadName(name: string): void {
  // A keyword or the name of a built-in type scans as something else than an identifier.
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, name);
  const isIdentifier = scanner.scan() === ts.SyntaxKind.Identifier && scanner.scan() === ts.SyntaxKind.EndOfFileToken;
  if (!isIdentifier) throw new InputError(`--brand ${name}: not a name that a type can have; choose another one`);
  if (name in globalThis) throw new InputError(`--brand ${name}: would hide the global ${name}; choose another name`);
}

/** @throws InputError for a name that a file has already */
export function refuseTaken(name: string, file: ts.SourceFile): void {
  const locals = (file as ts.SourceFile & { readonly locals?: ReadonlyMap<string, unknown> }).locals;
  if (locals?.has(name) !== true) return;
  throw new InputError(
    `--brand ${name}: the name is taken in ${file.fileName.split("/").at(-1)}; write file.ts#${name} to use that type, or choose another name`,
  );
}

/** @throws InputError for an existing type that is no subtype of the base */
export function refuseOtherType(name: string, declaration: ts.Node, base: BaseType, checker: ts.TypeChecker): void {
  if (!isTypeDeclaration(declaration) || declaration.name === undefined || isGeneric(declaration)) return;
  // With type parameters nothing can be said before they are given.
  if (base.kind === "declared" && base.symbol.declarations?.some(isGeneric)) return;
  const symbol = checker.getSymbolAtLocation(declaration.name);
  if (symbol === undefined) return;
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  if (checker.isTypeAssignableTo(type, typeOfBase(base, checker))) return;
  throw new InputError(
    `--brand ${name}: ${declaration.name.text} does not pass as ${base.name}, as the brand has to in subtype mode; name a subtype of ${base.name}, another --base, or --mode distinct`,
  );
}

/** @throws InputError for a base whose literals name members: made a type of its own beside the brand, it names none */
export function refuseNames({ name }: BaseType, { edges }: FlowGraph): void {
  const named = edges.find(({ construct, refused }) => construct === "operator" && refused === true);
  if (named === undefined) return;
  const { file, line } = named.site;
  throw new InputError(
    `${name} names members, as in ${file}:${line}, which nothing beside a distinct brand can; use --mode subtype, or ${declareYourself}`,
  );
}

/** Does the declaration take type parameters? */
export function isGeneric(node: ts.Node): boolean {
  return "typeParameters" in node && node.typeParameters !== undefined;
}

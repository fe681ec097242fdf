import { ts } from "ts-morph";
import type { TextChange } from "../../../edit.ts";
import { InputError } from "../../../input-error.ts";
import type { Mode } from "../../../migration.ts";
import { isJavaScript } from "../../syntax/annotation.ts";
import type { BaseType } from "../../tagging/occurrences.ts";
import type { Brand } from "../brand/brand.ts";
import { insertion } from "../brand/coined.ts";
import { writingOf } from "../writing.ts";

/** A function that makes a plain value a branded one, for tests to call instead of casting. */
export interface MintHelper {
  readonly name: string;
  /** Its declaration, after everything else in the brand's file; undefined where that has it already. */
  readonly declaration: TextChange | undefined;
}

/**
 * `asUserId(value: string): UserId`, declared in the brand's file.
 * @throws InputError where there is no room for a function, or its name is taken
 */
export function planMintHelper(brand: Brand, base: BaseType, mode: Mode, files: readonly ts.SourceFile[]): MintHelper {
  const { file } = brand;
  const name = `as${brand.name.charAt(0).toUpperCase()}${brand.name.slice(1)}`;
  const local = file.fileName.split("/").at(-1);
  const hasRoom = !file.isDeclarationFile && !isJavaScript(file) && brand.namespaces.length === 0;
  if (!hasRoom || brand.isGeneric) {
    throw new InputError(
      `--strategy mint-helper: ${hasRoom ? `${base.name} is generic, so one function cannot mint it` : `${local} has no room for a function beside ${brand.name}`}; leave the strategy out`,
    );
  }
  if (file.statements.some((each) => isHelper(each, name, brand))) return { name, declaration: undefined };
  const taken = files.find((each) => isTaken(each, name));
  if (taken !== undefined) {
    throw new InputError(
      `--strategy mint-helper: ${name} is taken in ${taken.fileName.split("/").at(-1)}; rename that, or leave the strategy out`,
    );
  }
  return { name, declaration: declarationOf(name, brand, base, mode) };
}

function isHelper(statement: ts.Statement, name: string, brand: Brand): boolean {
  if (!ts.isFunctionDeclaration(statement) || statement.name?.text !== name) return false;
  return statement.parameters.length === 1 && statement.type?.getText() === brand.name;
}

function isTaken(file: ts.SourceFile, name: string): boolean {
  const { locals } = file as ts.SourceFile & { readonly locals?: ReadonlyMap<string, unknown> };
  return locals?.has(name) === true;
}

function declarationOf(name: string, brand: Brand, base: BaseType, mode: Mode): TextChange {
  const { file } = brand;
  const { indent, end } = writingOf(file);
  const exported = ts.isExternalModule(file) ? "export " : "";
  const as = base.kind === "primitive" && mode === "subtype" ? "as" : "as unknown as";
  const text = `/** Brands a plain value as ${brand.name}, unchecked: for tests. */\n${exported}function ${name}(value: ${base.name}): ${brand.name} {\n${indent}return value ${as} ${brand.name}${end}\n}\n`;
  const { length } = file.text;
  const gap = file.text.endsWith("\n") ? "\n" : "\n\n";
  return insertion(length, `${gap}${text}`);
}

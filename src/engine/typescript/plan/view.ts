import { ts } from "ts-morph";
import type { TextChange } from "../../edit.ts";
import type { PositionId } from "../../graph/graph.ts";
import { InputError } from "../../input-error.ts";
import type { BaseType } from "../tagging/occurrences.ts";
import type { Brand } from "./brand/brand.ts";
import { insertion } from "./brand/coined.ts";
import { writingOf } from "./writing.ts";

/** A type that either kind passes as, for those that only read. */
export interface View {
  readonly name: string;
  readonly readers: ReadonlySet<PositionId>;
  readonly declaration: TextChange;
}

/**
 * `PageView`, the public members of the base, declared after everything else in the brand's file.
 * @throws InputError where there is no room for it, or its name is taken
 */
export function planView(
  brand: Brand,
  base: BaseType,
  files: readonly ts.SourceFile[],
  readers: ReadonlySet<PositionId>,
): View {
  const { file } = brand;
  const name = `${base.name}View`;
  if (base.kind === "primitive" || brand.isGeneric || brand.namespaces.length > 0 || file.isDeclarationFile) {
    throw new InputError(`--strategy view: ${base.name} has no room for a view beside it; use --strategy distinct`);
  }
  const taken = files.find((each) => declares(each, name));
  if (taken !== undefined) {
    const local = taken.fileName.split("/").at(-1);
    throw new InputError(`--strategy view: ${name} is taken in ${local}; rename that, or use --strategy distinct`);
  }
  return { name, readers, declaration: declarationOf(name, brand, base) };
}

/** Does a file declare the name itself? */
export function declares(file: ts.SourceFile, name: string): boolean {
  const { locals } = file as ts.SourceFile & { readonly locals?: ReadonlyMap<string, unknown> };
  return locals?.has(name) === true;
}

function declarationOf(name: string, { file, name: brand }: Brand, base: BaseType): TextChange {
  const { end } = writingOf(file);
  const exported = ts.isExternalModule(file) ? "export " : "";
  const type = `Pick<${brand}, keyof ${brand} & keyof ${base.name}>`;
  const text = `/** What a ${base.name} and a ${brand} have in common. */\n${exported}type ${name} = ${type}${end}\n`;
  return insertion(file.text.length, `${file.text.endsWith("\n") ? "\n" : "\n\n"}${text}`);
}

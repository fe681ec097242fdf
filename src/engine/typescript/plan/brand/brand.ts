import { ts } from "ts-morph";
import type { TextChange } from "../../../edit.ts";
import { InputError } from "../../../input-error.ts";
import type { Mode } from "../../../migration.ts";
import type { Collected } from "../../front-end.ts";
import { brandHome, isTypeHome } from "../../select/brand-home.ts";
import { type Selection, type SelectionScope, select } from "../../select/select.ts";
import type { BaseType } from "../../tagging/occurrences.ts";
import { endOf } from "../end-of-statement.ts";
import { leadingImports, topOf } from "../imports/top-of-file.ts";
import { namespacesOf } from "../namespaces.ts";
import {
  declareYourself,
  isGeneric,
  refuseBadName,
  refuseNames,
  refuseOtherType,
  refuseTaken,
  refuseUnwritable,
} from "./brand-refusals.ts";
import { ambient, below, coin, insertion, parametersOf } from "./coined.ts";
import { objectEncoding } from "./encoding.ts";

/** The branded type: what it is called, where it is or will be declared, and the text that declares it. */
export interface Brand {
  readonly name: string;
  /** The namespaces it is declared in, outermost first. */
  readonly namespaces: readonly string[];
  readonly file: ts.SourceFile;
  /** It takes the type arguments that the base takes. */
  readonly isGeneric: boolean;
  /** An alias that the base has and that becomes the brand, and what it stands for from now on. */
  readonly adopted?: { readonly alias: ts.TypeAliasDeclaration; readonly type: string };
  readonly declarations: readonly TextChange[];
}

/**
 * The brand as asked for: `file.ts#Name` is an existing type, a bare name is declared next to the base (or, for a
 * base that is not the project's own, in the first source's file).
 * @throws InputError when a bare name is taken, or the base cannot have such a brand
 */
export function planBrand(
  name: string,
  mode: Mode,
  collected: Collected,
  scope: SelectionScope,
  checker: ts.TypeChecker,
): Brand {
  if (collected.adopted !== undefined) return adoptedBrand(collected.adopted, mode, collected);
  if (name.includes("#")) {
    const [existing] = select(name, scope);
    if (existing === undefined) throw new InputError(`--brand ${name}: no such type`);
    if (mode === "subtype") refuseOtherType(name, existing.declaration, collected.base, checker);
    return existingBrand(existing);
  }
  refuseBadName(name);
  for (const file of collected.files) refuseTaken(name, file);
  const home = homeOf(collected, mode);
  const file = home.getSourceFile();
  refuseUnwritable(file);
  const isBeside = isTypeHome(home) && collected.base.kind === "declared";
  if (isBeside && mode === "distinct") refuseNames(collected.base, collected.graph);
  const declarations = isBeside
    ? objectEncoding(coin(name, home), mode, { home, files: collected.files, isMerged: isMerged(collected) })
    : [distantEncoding(name, collected.base, mode, home)];
  return {
    name,
    namespaces: isBeside ? namespacesOf(home) : [],
    file,
    isGeneric: isBeside ? isGeneric(home) : genericBase(collected.base) !== undefined,
    declarations,
  };
}

// `type UserId = string` says from now on what else a UserId is.
function adoptedBrand(alias: ts.TypeAliasDeclaration, mode: Mode, { base }: Collected): Brand {
  const { text: name } = alias.name;
  if (mode === "distinct" && base.kind !== "primitive") {
    throw new InputError(
      `--brand ${name}: an alias of ${base.name}, which a type distinct from it cannot be made of; choose another name, or --mode subtype`,
    );
  }
  const { key, end } = coin(name, alias);
  const written = mode === "subtype" ? `${alias.type.getText()} & ` : "";
  return {
    ...existingBrand({ name, declaration: alias }),
    adopted: { alias, type: `${written}{ readonly [${key}]: never }` },
    declarations: [below(alias, `${ambient(alias)}const ${key}: unique symbol${end}`)],
  };
}

function existingBrand({ name, declaration }: Pick<Selection, "name" | "declaration">): Brand {
  return {
    name,
    namespaces: namespacesOf(declaration),
    file: declaration.getSourceFile(),
    isGeneric: isGeneric(declaration),
    declarations: [],
  };
}

function homeOf({ base, sources }: Collected, mode: Mode): ts.Node {
  if (sources.length === 0)
    throw new InputError("no source; say what produces the brand with --source file.ts#function");
  const home = brandHome(base, sources, mode);
  if (home !== undefined) return home;
  throw new InputError(`${base.name} is declared outside the project; ${declareYourself}, or use --mode subtype`);
}

function isMerged({ base }: Collected): boolean {
  return base.kind === "declared" && (base.symbol.declarations?.filter(isTypeHome).length ?? 0) > 1;
}

function genericBase(base: BaseType): ts.Declaration | undefined {
  return base.kind === "declared" ? base.symbol.declarations?.find(isGeneric) : undefined;
}

// A primitive, or a type of somebody else's, has no declaration to stand beside.
function distantEncoding(name: string, base: BaseType, mode: Mode, source: ts.Node): TextChange {
  const file = source.getSourceFile();
  const { key, end } = coin(name, source);
  const exported = ts.isExternalModule(file) ? "export " : "";
  const generic = genericBase(base);
  const { declared, named } = generic === undefined ? { declared: "", named: "" } : parametersOf(generic);
  const lead = mode === "subtype" ? `${base.name}${named} & ` : "";
  const symbol = `declare const ${key}: unique symbol${end}`;
  const text = `${symbol}\n\n${exported}type ${name}${declared} = ${lead}{ readonly [${key}]: never }${end}`;
  const last = leadingImports(file).at(-1);
  if (last !== undefined) return insertion(endOf(last), `\n\n${text}`);
  const top = topOf(file);
  return insertion(top, `${top > 0 && file.text[top - 1] !== "\n" ? "\n\n" : ""}${text}\n\n`);
}

import { ts } from "ts-morph";
import { InputError } from "../../input-error.ts";
import type { Mode } from "../../migration.ts";
import type { Collected } from "../front-end.ts";
import { type SelectionScope, select } from "../select.ts";
import { namespacesOf } from "./namespaces.ts";

/** The branded type: what it is called, where it is or will be declared, and the text that declares it. */
export interface Brand {
  readonly name: string;
  readonly file: ts.SourceFile;
  readonly declarations: readonly Insertion[];
  /** The namespaces it is declared in, outermost first. */
  readonly namespaces: readonly string[];
}

/** Text to put at an offset. */
export interface Insertion {
  readonly start: number;
  readonly text: string;
}

/**
 * The brand as asked for: `file.ts#Name` is an existing type, a bare name is declared next to the base (or, for a
 * primitive, at the top of the first source's file).
 * @throws InputError when a bare name is taken
 */
export function planBrand(name: string, mode: Mode, collected: Collected, scope: SelectionScope): Brand {
  if (name.includes("#")) {
    const [existing] = select(name, scope);
    if (existing === undefined) throw new InputError(`--brand ${name}: no such type`);
    const { declaration } = existing;
    const namespaces = namespacesOf(declaration);
    return { name: existing.name, file: declaration.getSourceFile(), declarations: [], namespaces };
  }
  refuseBadName(name);
  const home = homeOf(collected);
  for (const file of collected.files) refuseTaken(name, file);
  refuseGeneric(home);
  const { base } = collected;
  const declarations =
    base.kind === "primitive" ? primitiveBrand(name, base.name, mode, home) : objectBrand(name, mode, home);
  const namespaces = base.kind === "primitive" ? [] : namespacesOf(home);
  return { name, file: home.getSourceFile(), declarations, namespaces };
}

function homeOf({ base, sources }: Collected): ts.Node {
  const declared = base.kind === "declared" ? base.symbol.declarations?.[0] : undefined;
  const [source] = sources;
  if (declared !== undefined && !isEditable(declared)) {
    throw new InputError(
      `${base.name} is declared outside the project; declare the brand yourself and name it: --brand file.ts#Name`,
    );
  }
  if (declared !== undefined) return declared;
  if (source === undefined)
    throw new InputError("no source; say what produces the brand with --source file.ts#function");
  return source.declaration;
}

function isEditable(node: ts.Node): boolean {
  const file = node.getSourceFile();
  return !file.fileName.includes("/node_modules/") && !file.hasNoDefaultLib;
}

// A keyword or the name of a built-in type scans as something else than an identifier.
function refuseBadName(name: string): void {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, name);
  const isIdentifier = scanner.scan() === ts.SyntaxKind.Identifier && scanner.scan() === ts.SyntaxKind.EndOfFileToken;
  if (!isIdentifier) throw new InputError(`--brand ${name}: not a name that a type can have; choose another one`);
  if (name in globalThis) throw new InputError(`--brand ${name}: would hide the global ${name}; choose another name`);
}

function refuseGeneric(home: ts.Node): void {
  const isType = ts.isInterfaceDeclaration(home) || ts.isTypeAliasDeclaration(home) || ts.isClassDeclaration(home);
  if (!isType || home.typeParameters === undefined) return;
  const name = home.name?.text ?? "the base";
  throw new InputError(`${name} is generic, and a brand of a generic type cannot be declared yet; name another --base`);
}

function refuseTaken(name: string, file: ts.SourceFile): void {
  const locals = (file as ts.SourceFile & { readonly locals?: ReadonlyMap<string, unknown> }).locals;
  if (locals?.has(name) !== true) return;
  throw new InputError(
    `--brand ${name}: the name is taken in ${file.fileName.split("/").at(-1)}; write file.ts#${name} to use that type, or choose another name`,
  );
}

function phantomName(name: string): string {
  return `__${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function primitiveBrand(name: string, base: string, mode: Mode, home: ts.Node): readonly Insertion[] {
  const key = phantomName(name);
  const lead = mode === "subtype" ? `${base} & ` : "";
  const exported = ts.isExternalModule(home.getSourceFile()) ? "export " : "";
  const text = `declare const ${key}: unique symbol;\n\n${exported}type ${name} = ${lead}{ readonly [${key}]: never };\n`;
  return [afterImports(home.getSourceFile(), text)];
}

function objectBrand(name: string, mode: Mode, home: ts.Node): readonly Insertion[] {
  const base = "name" in home ? (home.name as ts.Identifier).text : "";
  const key = phantomName(name);
  const end = home.getEnd();
  const exported = isShared(home) ? "export " : "";
  if (mode === "subtype") {
    const text = `\n\ndeclare const ${key}: unique symbol;\n\n${exported}type ${name} = ${base} & { readonly [${key}]: never };`;
    return [{ start: end, text }];
  }
  const phantom = `declare class ${name}Brand {\n  private readonly ${key}: never;\n}`;
  const type = `${exported}type ${name} = Omit<${base}, "${key}"> & ${name}Brand;`;
  return [plainMarker(home, key), { start: end, text: `\n\n${phantom}\n\n${type}` }];
}

// A file that neither imports nor exports shares its names already; to export one would take that from it.
function isShared(home: ts.Node): boolean {
  return ts.isExternalModule(home.getSourceFile()) || namespacesOf(home).length > 0;
}

// Without it the branded type would pass as the base: it has all of its members.
function plainMarker(home: ts.Node, key: string): Insertion {
  if (ts.isTypeAliasDeclaration(home)) return { start: home.type.getEnd(), text: ` & { readonly ${key}?: never }` };
  if (!ts.isInterfaceDeclaration(home) && !ts.isClassDeclaration(home)) {
    throw new InputError(
      "only an interface, a class or a type alias can get a distinct brand; declare it yourself and name it: --brand file.ts#Name",
    );
  }
  const word = ts.isClassDeclaration(home) ? "declare readonly" : "readonly";
  const [first] = home.members;
  const isOneLine =
    first !== undefined &&
    !home
      .getText()
      .slice(0, first.getStart() - home.getStart())
      .includes("\n");
  const text = isOneLine ? ` ${word} ${key}?: never;` : `\n  ${word} ${key}?: never;`;
  return { start: home.members.pos, text };
}

function afterImports(file: ts.SourceFile, text: string): Insertion {
  const last = file.statements.findLast(ts.isImportDeclaration);
  if (last !== undefined) return { start: last.getEnd(), text: `\n\n${text.trimEnd()}` };
  const [first] = file.statements;
  return { start: first?.getStart(file) ?? 0, text: `${text}\n` };
}

import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import ts from "typescript-6";
import { applyChanges, type TextChange } from "../../src/engine/edit.ts";
import { type BrandUse, type PlaceKind, usesIn } from "./brand-uses.ts";
import { mintsOf } from "./mints.ts";

/** A place where the authors wrote the brand, as it stands once the brand is replaced by its base. */
export interface WrittenBrand {
  /** Relative to the project, with `/`. */
  readonly file: string;
  /** UTF-16 offset in the stripped text. */
  readonly start: number;
  readonly kind: PlaceKind;
  /** The declaration around it, for a reader: `Repo.find(id)`. */
  readonly place: string;
}

/** A project whose brand is gone, and what was written there before. */
export interface Stripped {
  readonly written: readonly WrittenBrand[];
  /** Selectors of what makes the brand. */
  readonly mints: readonly string[];
}

/**
 * Replaces every use of a brand by its base, on disk, and keeps the brand's declaration.
 * @param brand `file#Name`, relative to the program's folder
 */
export function strip(program: ts.Program, folder: string, brand: string, base: string): Stripped {
  const checker = program.getTypeChecker();
  const symbol = symbolOf(program, folder, brand);
  const files = program.getSourceFiles().filter((file) => isOwn(file, folder));
  // All are read before the first is written.
  const found = files.map((file) => ({ file, uses: usesIn(file, symbol, checker) }));
  const stripped = found.flatMap(({ file, uses }) =>
    uses.length === 0
      ? []
      : stripFile(file, relative(folder, file.fileName).replaceAll("\\", "/"), uses, { symbol, base }),
  );
  return { written: stripped.flatMap(({ written }) => written), mints: stripped.flatMap(({ mints }) => mints) };
}

function isOwn(file: ts.SourceFile, folder: string): boolean {
  return file.fileName.startsWith(`${folder}/`) && !file.fileName.includes("/node_modules/");
}

function symbolOf(program: ts.Program, folder: string, brand: string): ts.Symbol {
  const [path = "", name] = brand.split("#");
  const statements = program.getSourceFile(`${folder}/${path}`)?.statements ?? [];
  const declared = statements.find((each) => ts.isTypeAliasDeclaration(each) && each.name.text === name);
  const symbol = declared && program.getTypeChecker().getSymbolAtLocation((declared as ts.TypeAliasDeclaration).name);
  if (symbol === undefined) throw new Error(`${brand}: no such type alias; name one as file.ts#Name`);
  return symbol;
}

function stripFile(
  file: ts.SourceFile,
  name: string,
  uses: readonly BrandUse[],
  { symbol, base }: { readonly symbol: ts.Symbol; readonly base: string },
): Stripped {
  const replacement = ({ node }: BrandUse) => ({ start: node.getStart(), end: node.getEnd(), text: base });
  const mints = mintsOf(uses, replacement, symbol.name);
  const isInCall = ({ start }: TextChange) => mints.changes.some((each) => each.start <= start && start < each.end);
  const replaced = uses.map(replacement).filter((each) => !isInCall(each));
  const changes = [...mints.changes, ...replaced];
  writeFileSync(file.fileName, applyChanges(file.text, changes) + mints.declarations);
  const written = uses.map(({ node, kind }) => ({
    file: name,
    start: movedBy(changes, node.getStart()),
    kind,
    place: placeOf(node),
  }));
  return { written, mints: mints.selectors.map((selector) => `${name}#${selector}`) };
}

function movedBy(changes: readonly TextChange[], offset: number): number {
  const before = changes.filter(({ end }) => end <= offset);
  return before.reduce((moved, { start, end, text }) => moved + text.length - (end - start), offset);
}

function placeOf(node: ts.Node): string {
  const names: string[] = [];
  for (let at: ts.Node = node; at.parent !== undefined; at = at.parent) {
    const name = "name" in at && !ts.isTypeReferenceNode(at) ? (at.name as ts.Node | undefined) : undefined;
    if (name !== undefined) names.unshift(name.getText());
  }
  return names.join(".");
}

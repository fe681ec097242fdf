import { ts } from "ts-morph";
import type { Edit, TextChange } from "../../edit.ts";
import type { PositionId } from "../../graph/graph.ts";
import type { Argument, CallArguments, Generics } from "../generic/generics.ts";
import { functionAround, type GenericFunction, keyOf } from "../generic/owner.ts";
import { isJavaScript } from "../syntax/annotation.ts";
import type { BaseType } from "../tagging/occurrences.ts";
import type { Brand } from "./brand/brand.ts";
import { insertion } from "./brand/coined.ts";
import { localBaseName } from "./local-base-name.ts";
import { localName } from "./local-name.ts";
import type { Planner } from "./planner.ts";
import { declares } from "./view.ts";
import { writingOf } from "./writing.ts";

/** Type parameters for the kind of what is held: their names, the alias that bounds them, and the edits. */
export interface GenericPlan {
  /** `AnyPage`: either kind. */
  readonly name: string;
  readonly declaration: TextChange;
  /** The type parameter that stands at a position, undefined where none does. */
  nameAt(id: PositionId): string | undefined;
  edits(planner: Planner): readonly Edit[];
}

/** What carries generics out; undefined where there is no room for an alias beside the brand. */
export function planGeneric(
  generics: Generics,
  brand: Brand,
  base: BaseType,
  files: readonly ts.SourceFile[],
): GenericPlan | undefined {
  if (!hasRoom(brand, base, files)) return undefined;
  const name = `Any${base.name}`;
  const names = parameterNames(generics, files);
  const nameOf = (kind: Argument["kind"] | undefined) =>
    kind === "own" ? ownName : typeof kind === "object" ? names.get(kind.parameter) : undefined;
  return {
    name,
    declaration: declarationOf(name, brand, base),
    nameAt: (id) => nameOf(generics.kinds.get(id)),
    edits: (planner) => [
      ...generics.holders.flatMap((holder) => holderEdits(planner, holder, name, generics.arguments)),
      ...files.flatMap((file) => functionEdits(planner, file, generics, names, name)),
      ...generics.arguments.flatMap((argument) => argumentEdit(planner, argument, name, nameOf)),
      ...generics.calls.flatMap((call) => callEdit(planner, call, name, nameOf)),
    ],
  };
}

/** Is there room beside the brand for a name for either kind? */
export function hasRoom(brand: Brand, base: BaseType, files: readonly ts.SourceFile[]): boolean {
  if (base.kind === "primitive" || brand.isGeneric || brand.namespaces.length > 0) return false;
  return !brand.file.isDeclarationFile && !files.some((file) => declares(file, `Any${base.name}`));
}

const ownName = "P";
const letters = ["P", "Q", "R", "S", "T"];

function declarationOf(name: string, { file, name: brand }: Brand, base: BaseType): TextChange {
  const { end } = writingOf(file);
  const exported = ts.isExternalModule(file) ? "export " : "";
  const text = `/** Either kind. */\n${exported}type ${name} = ${base.name} | ${brand}${end}\n`;
  return insertion(file.text.length, `${file.text.endsWith("\n") ? "\n" : "\n\n"}${text}`);
}

// Each function's own; a method of a holder sees the holder's as well.
function parameterNames(generics: Generics, files: readonly ts.SourceFile[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const file of files) {
    for (const { key, node } of functionsIn(file)) {
      const isInside = ts.isClassLike(node.parent);
      const free = (isInside ? letters.slice(1) : letters).filter((letter) => !isTaken(file, letter));
      for (const [i, { name }] of (generics.parameters.get(key) ?? []).entries()) {
        names.set(name, free[i] ?? `Kind${i + 1}`);
      }
    }
  }
  return names;
}

function isTaken(file: ts.SourceFile, name: string): boolean {
  const { identifiers } = file as ts.SourceFile & { readonly identifiers?: ReadonlyMap<string, string> };
  return identifiers?.has(name) === true;
}

function functionsIn(file: ts.SourceFile): readonly { readonly key: string; readonly node: GenericFunction }[] {
  const members = file.statements.flatMap((each): readonly ts.Node[] =>
    ts.isClassDeclaration(each) ? each.members : [each],
  );
  return members.flatMap((node) => {
    const around = functionAround(node);
    return around === undefined || around !== node ? [] : [{ key: keyOf(around), node: around }];
  });
}

function holderEdits(
  planner: Planner,
  holder: Generics["holders"][number],
  any: string,
  references: readonly Argument[],
): readonly Edit[] {
  const file = planner.collected.files.find(({ fileName }) => fileName === holder.fileName);
  const node = file?.statements.find((each) => each.getStart(file) === holder.start);
  const name = node !== undefined && "name" in node ? (node.name as ts.Node | undefined) : undefined;
  if (file === undefined || node === undefined || name === undefined) return [];
  const text = `<${ownName} extends ${any} = ${localBaseName(planner, node)}>`;
  const head = inserted(planner, file, name.end, text, "declaration", `${holder.name} holds either kind`);
  const isWide = references.some(({ kind }) => kind === "mixed");
  return [head, ...(isWide ? callbackEdits(planner, file, node, references) : [])];
}

// A holder of one kind goes where one of either is wanted as long as no callback of its own wants the kind: that is
// compared both ways when it is declared as a method.
function callbackEdits(
  planner: Planner,
  file: ts.SourceFile,
  holder: ts.Node,
  generics: readonly Argument[],
): readonly Edit[] {
  const found: Edit[] = [];
  const fileName = planner.collected.positions.fileOf(file);
  const visit = (node: ts.Node): void => {
    if (!ts.isFunctionTypeNode(node)) {
      ts.forEachChild(node, visit);
      return;
    }
    const [from, to] = [node.getStart(file), node.type.pos];
    const arrow = file.text.lastIndexOf("=>", to);
    const isAsked = generics.some(({ site }) => site.file === fileName && site.start >= from && site.end <= arrow);
    if (!isAsked || node.typeParameters !== undefined) return;
    const before = file.text.slice(0, arrow).trimEnd().length;
    const why = "its parameter is compared both ways";
    found.push(
      inserted(planner, file, from, "{ call", "declaration", why),
      { ...inserted(planner, file, before, ":", "declaration", why), end: arrow + 2 },
      inserted(planner, file, node.end, ' }["call"]', "declaration", why),
    );
  };
  visit(holder);
  return found;
}

function functionEdits(
  planner: Planner,
  file: ts.SourceFile,
  { parameters }: Generics,
  names: ReadonlyMap<string, string>,
  any: string,
): readonly Edit[] {
  return functionsIn(file).flatMap(({ key, node }) => {
    const groups = parameters.get(key) ?? [];
    if (groups.length === 0 || node.name === undefined) return [];
    // Of which no argument says what it is, nothing says that it is another one.
    const isSilent = groups.some(({ isPassed }) => !isPassed);
    const rest = isSilent ? ` = ${localBaseName(planner, node)}` : "";
    const list = groups.map((group) => `${names.get(group.name) ?? ownName} extends ${any}${rest}`).join(", ");
    const last = node.typeParameters?.at(-1);
    const at = last?.end ?? node.name.end;
    const text = last === undefined ? `<${list}>` : `, ${list}`;
    return [inserted(planner, file, at, text, "declaration", `${node.name.getText()}() is called with either kind`)];
  });
}

type NameOf = (kind: Argument["kind"] | undefined) => string | undefined;

function argumentEdit(
  planner: Planner,
  { site, kind, holder }: Argument,
  any: string,
  nameOf: NameOf,
): readonly Edit[] {
  const file = planner.sourceOf.get(site.file);
  if (file === undefined || kind === "plain") return [];
  const text = `<${kindText(planner, file, site.end, kind, any, nameOf)}>`;
  return [inserted(planner, file, site.end, text, "annotation", `which kind the ${holder.name} holds`)];
}

function callEdit(planner: Planner, call: CallArguments, any: string, nameOf: NameOf): readonly Edit[] {
  const file = planner.sourceOf.get(call.file);
  if (file === undefined) return [];
  const texts = call.kinds.map((kind) => kindText(planner, file, call.at, kind, any, nameOf));
  return [inserted(planner, file, call.at, `<${texts.join(", ")}>`, "annotation", "no argument says which kind")];
}

function kindText(
  planner: Planner,
  file: ts.SourceFile,
  at: number,
  kind: Argument["kind"],
  any: string,
  nameOf: NameOf,
): string {
  const node = file.statements.find((each) => each.pos <= at && at <= each.end) ?? file;
  const plain = localBaseName(planner, node);
  if (kind === "plain") return plain;
  const brand = localName(planner, node);
  if (kind === "brand") return brand;
  return nameOf(kind) ?? (isJavaScript(file) ? `${plain} | ${brand}` : any);
}

function inserted(
  planner: Planner,
  file: ts.SourceFile,
  at: number,
  text: string,
  kind: Edit["kind"],
  reason: string,
): Edit {
  const name = planner.collected.positions.fileOf(file);
  return {
    file: name,
    ...insertion(at, text),
    position: null,
    kind,
    class: "forced",
    reason,
    enforced: true,
    test: false,
  };
}

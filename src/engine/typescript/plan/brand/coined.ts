import { ts } from "ts-morph";
import type { TextChange } from "../../../edit.ts";
import { InputError } from "../../../input-error.ts";
import type { TypeHome } from "../../select/brand-home.ts";
import { mentionsName } from "../../syntax/names.ts";
import { endOf } from "../end-of-statement.ts";
import { writingOf } from "../writing.ts";

/** What a brand is written with: its name, the phantom member's, and the habits of the file it stands in. */
export interface Coined {
  readonly name: string;
  /** `__userPage`: nobody writes it by hand. */
  readonly key: string;
  readonly indent: string;
  /** `;` or nothing. */
  readonly end: string;
  /** `export ` in a module or a namespace, nothing in a script or a function. */
  readonly exported: string;
  readonly parameters: Parameters;
}

/** The type parameters of a generic base, as they are declared and as they are handed on; empty for others. */
export interface Parameters {
  readonly declared: string;
  readonly named: string;
}

/** The words for a brand in the file and the scope of its home. */
export function coin(name: string, home: ts.Node): Coined {
  const file = home.getSourceFile();
  const { indent, end } = writingOf(file);
  const inModule = ts.isSourceFile(home.parent) && ts.isExternalModule(file);
  const word = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return {
    name,
    key: isTaken(`__${word}`, file) ? `__${word}Brand` : `__${word}`,
    indent,
    end,
    exported: inModule || ts.isModuleBlock(home.parent) ? "export " : "",
    parameters: parametersOf(home),
  };
}

// Node has names of its own for every module.
function isTaken(key: string, file: ts.SourceFile): boolean {
  return key === "__filename" || key === "__dirname" || mentionsName(file, key);
}

/** The type parameters that a declaration has. */
export function parametersOf(home: ts.Node): Parameters {
  const all = "typeParameters" in home ? (home as TypeHome & ts.InterfaceDeclaration).typeParameters : undefined;
  if (all === undefined || all.length === 0) return { declared: "", named: "" };
  return {
    declared: `<${all.map((each) => each.getText()).join(", ")}>`,
    named: `<${all.map((each) => each.name.text).join(", ")}>`,
  };
}

/** A class that exists for the compiler alone: its private member makes it unlike any other type. */
export function phantomClass({ name, key, indent, end }: Coined, home: ts.Node): string {
  return `${ambient(home)}class ${name}Brand {\n${indent}private readonly ${key}: never${end}\n}`;
}

/** `declare `, where the surroundings do not say so already. */
export function ambient(home: ts.Node): string {
  return isInDeclared(home.parent) || (isAmbient(home) && !ts.isSourceFile(home.parent)) ? "" : "declare ";
}

function isAmbient(node: ts.Node): boolean {
  return node.getSourceFile().isDeclarationFile || isInDeclared(node);
}

function isInDeclared(node: ts.Node): boolean {
  const isDeclared = (each: ts.Node) =>
    ts.canHaveModifiers(each) && each.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true;
  return ts.findAncestor(node, isDeclared) !== undefined;
}

/** The name a type is declared under. */
export function baseName(home: TypeHome): string {
  if (home.name !== undefined) return home.name.text;
  throw new InputError(
    "the base is a class without a name; give it one, or declare the brand yourself and name it: --brand file.ts#Name",
  );
}

/** Text to put below a declaration, as deep as that stands. */
export function below(home: ts.Node, text: string): TextChange {
  return insertion(endOf(home), asDeepAs(home, `\n\n${text}`));
}

/** Text of several lines, with every further line as deep as a declaration stands. */
export function asDeepAs(home: ts.Node, text: string): string {
  const before = home.getSourceFile().text.slice(0, home.getStart());
  const lead = /(?:^|\n)([^\S\n]*)[^\n]*$/.exec(before)?.[1] ?? "";
  return text.replaceAll(/\n(?=[^\n])/g, `\n${lead}`);
}

/** Text to put at an offset. */
export function insertion(start: number, text: string): TextChange {
  return { start, end: start, text };
}

/** A member before all others of an interface or a class, on the same line where the others are. */
export function withMember(
  home: ts.InterfaceDeclaration | ts.ClassDeclaration,
  text: string,
  { indent, end }: Coined,
): TextChange {
  const isBare = ts.isInterfaceDeclaration(home) || isAmbient(home);
  const member = isBare ? text : `declare ${text}`;
  const [first] = home.members;
  const start = home.members.pos;
  const { text: source } = home.getSourceFile();
  if (first === undefined) return insertion(start, ` ${member} `);
  if (!source.slice(start, first.getStart()).includes("\n")) return insertion(start, ` ${member}`);
  const own = /\n([^\S\n]*)$/.exec(source.slice(0, first.getStart()))?.[1] ?? indent;
  return insertion(start, `\n${own}${end === "" ? member.replace(/;$/, "") : member}`);
}

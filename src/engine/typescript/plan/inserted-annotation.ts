import { ts } from "ts-morph";
import type { TextChange } from "../../edit.ts";
import { mentionsIn } from "../flow/carrier.ts";
import type { PositionEntry } from "../positions/positions.ts";
import { commentsOf, isJavaScript } from "../syntax/annotation.ts";
import type { Tag } from "../tagging/tag.ts";
import { assertedText } from "./casts/cast-text.ts";
import { nameAfter } from "./casts/cast-types.ts";
import { localBaseName } from "./local-base-name.ts";
import { localName } from "./local-name.ts";
import type { Planner } from "./planner.ts";
import { printedType } from "./printed-type.ts";

type Holder =
  | ts.VariableDeclaration
  | ts.ParameterDeclaration
  | ts.PropertyDeclaration
  | ts.PropertyAssignment
  | ts.ShorthandPropertyAssignment;

/** The type that a declaration says from now on, where it was inferred so far: of a function its return type. */
export function insertedAnnotation(planner: Planner, { node, position }: PositionEntry): TextChange | undefined {
  if (ts.isFunctionLike(node)) return returnAnnotation(planner, node);
  if (!isHolder(node)) return undefined;
  const type = mixedText(planner, node, (path) => planner.collected.positions.inferred(node, path) === position.id);
  // A member of an object literal says its type by what it is made of.
  if (ts.isPropertyAssignment(node)) return assertedText(node.initializer, { type, through: [] });
  if (ts.isShorthandPropertyAssignment(node)) return assertedText(node.name, { type, through: [] });
  if (isJavaScript(node)) return commentBefore(node, "type", type);
  const mark = "exclamationToken" in node ? node.exclamationToken : undefined;
  const end = mark?.end ?? ("questionToken" in node ? node.questionToken?.end : undefined);
  const start = end ?? node.name.end;
  return { start, end: start, text: `: ${type}` };
}

function isHolder(node: ts.Node): node is Holder {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node)
  );
}

function returnAnnotation(planner: Planner, declaration: ts.SignatureDeclaration): TextChange | undefined {
  const signature = planner.checker.getSignatureFromDeclaration(declaration);
  const close = declaration
    .getChildren(declaration.getSourceFile())
    .find((child) => child.kind === ts.SyntaxKind.CloseParenToken);
  if (signature === undefined) return undefined;
  const returned = planner.checker.getReturnTypeOfSignature(signature);
  const brand = localName(planner, declaration);
  const text = namedText(
    printedType(planner, returned, declaration, () => brand),
    planner,
    declaration,
    brand,
  );
  if (isJavaScript(declaration)) return commentBefore(declaration, "returns", text);
  return close === undefined ? undefined : { start: close.end, end: close.end, text: `: ${text}` };
}

// The base is of either kind at the position itself, and elsewhere in the type as the answer has it.
function mixedText(planner: Planner, declaration: Holder, isHere: (path: string) => boolean): string {
  const { checker, mode, collected } = planner;
  const plain = localBaseName(planner, declaration);
  const either = mode === "subtype" ? plain : `${plain} | ${localName(planner, declaration)}`;
  const all = mentionsIn(declaration, collected.context.test).filter(({ path }) => isHere(path));
  const here = new Set<Tag>(all.flatMap(({ leaf }) => leaf.tags));
  const nested = all.some(({ path }) => path !== "");
  const inside = nested && either !== plain ? `(${either})` : either;
  const printed = printedType(planner, checker.getTypeAtLocation(declaration), declaration, (tag) => {
    if (!here.has(tag)) return nameAfter(planner, declaration, collected.positions.written(tag));
    return inside;
  });
  return tidied(here.size > 0 ? printed : namedText(printed, planner, declaration, inside));
}

// Of several origins one is named; a union needs no parentheses as a type argument, nor twice, and a name never.
function tidied(text: string): string {
  const once = text.replaceAll(/(?<![\w$.])(\((?:[^()]|\("[^"]*"\))*\)|[\w$.]+)(?: \| \1(?![\w$.<[]))+/g, "$1");
  const single = once.replaceAll(/(?<!import)\((\((?:[^()]|\("[^"]*"\))*\)|[\w$.]+)\)/g, "$1");
  return single.replaceAll(/(?<=<|, )\(((?:[^()]|\("[^"]*"\))+)\)(?=[,>])/g, "$1");
}

// Before the statement, or at the end of the comment that is there.
function commentBefore(declaration: ts.Node, tag: "returns" | "type", type: string): TextChange {
  const host = ts.findAncestor(declaration, (node) => ts.isStatement(node) || ts.isClassElement(node)) ?? declaration;
  const file = host.getSourceFile();
  const start = host.getStart(file);
  const indent = " ".repeat(file.getLineAndCharacterOfPosition(start).character);
  const comment = commentsOf(host).at(-1);
  if (comment !== undefined) {
    const end = comment.end - "*/".length;
    const text = `\n${indent} * @${tag} {${type}}\n${indent} `;
    return { start: comment.pos + file.text.slice(comment.pos, end).trimEnd().length, end, text };
  }
  return { start, end: start, text: `/** @${tag} {${type}} */\n${indent}` };
}

// Inside a container the base is found by its name, or by its module where that means something else; alone it may be
// printed as the literals that are returned.
function namedText(printed: string, planner: Planner, declaration: ts.Node, name: string): string {
  if (/[<[]/.test(printed)) {
    const own = planner.collected.base.name;
    const plain = isJavaScript(declaration) ? own : localBaseName(planner, declaration);
    const far = `import\\("[^"]*"\\)\\.(?:${own}|default)`;
    const near = plain.startsWith("import(") ? [] : [plain.replaceAll(/[.$]/g, "\\$&")];
    return printed.replaceAll(new RegExp(`(?<![\\w$.])(?:${[far, ...near].join("|")})(?![\\w$])`, "g"), () => name);
  }
  const absences = ["null", "undefined"].filter((absence) => printed.split(" | ").includes(absence));
  return [name, ...absences].join(" | ");
}

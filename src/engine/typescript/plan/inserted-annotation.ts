import { ts } from "ts-morph";
import type { TextChange } from "../../edit.ts";
import type { PositionId } from "../../graph/graph.ts";
import { mentionsIn } from "../flow/carrier.ts";
import type { PositionEntry } from "../positions/positions.ts";
import { commentsOf, isJavaScript } from "../syntax/annotation.ts";
import type { Tag } from "../tagging/tag.ts";
import { typeNode } from "../tagging/type-node.ts";
import { assertedText } from "./casts/cast-text.ts";
import { nameAfter } from "./casts/cast-types.ts";
import { localBaseName } from "./local-base-name.ts";
import { localName } from "./local-name.ts";
import type { Planner } from "./planner.ts";
import { named, printedType } from "./printed-type.ts";

type Holder =
  | ts.VariableDeclaration
  | ts.ParameterDeclaration
  | ts.PropertyDeclaration
  | ts.PropertyAssignment
  | ts.ShorthandPropertyAssignment;

/** The type that a declaration says from now on, where it was inferred so far: of a function its return type. */
export function insertedAnnotation(planner: Planner, { node, position }: PositionEntry): TextChange | undefined {
  if (ts.isFunctionLike(node)) return returnAnnotation(planner, node);
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return insertedArguments(planner, node);
  // What a loop hands out says no type of its own.
  if (!isHolder(node) || ts.isForOfStatement(node.parent.parent)) return undefined;
  const type = mixedText(planner, node, position.id);
  // A member of an object literal says its type by what it is made of.
  if (ts.isPropertyAssignment(node)) return assertedText(node.initializer, { type, through: [] });
  if (ts.isShorthandPropertyAssignment(node)) return assertedText(node.name, { type, through: [] });
  if (isJavaScript(node)) return commentBefore(node, "type", type);
  const mark = "exclamationToken" in node ? node.exclamationToken : undefined;
  const end = mark?.end ?? ("questionToken" in node ? node.questionToken?.end : undefined);
  const start = end ?? node.name.end;
  return { start, end: start, text: `: ${type}` };
}

// The tree has them already, spelled out.
function insertedArguments(planner: Planner, call: ts.CallExpression | ts.NewExpression): TextChange | undefined {
  const { checker, collected } = planner;
  const texts = call.typeArguments?.map((argument) => {
    const nameOf = (tag: Tag) => nameAfter(planner, call, collected.positions.written(tag));
    return tidied(printedType(planner, checker.getTypeFromTypeNode(argument), call, nameOf));
  });
  if (texts === undefined) return undefined;
  const start = ("questionDotToken" in call ? call.questionDotToken?.end : undefined) ?? call.expression.end;
  return { start, end: start, text: `<${texts.map(withoutParentheses).join(", ")}>` };
}

function withoutParentheses(text: string): string {
  return text.replaceAll(/(?<=^|\| )\(([^()]*)\)(?=$| \|)/g, "$1");
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
  const brand = localName(planner, declaration);
  const returned = planner.checker.getReturnTypeOfSignature(signature);
  const renamed = renamedType(planner, returned, declaration, () => [brand]);
  const text = named(planner, renamed, declaration, () => brand);
  if (isJavaScript(declaration)) return commentBefore(declaration, "returns", text);
  return close === undefined ? undefined : { start: close.end, end: close.end, text: `: ${text}` };
}

// The base is of either kind at the position itself, and elsewhere in the type as the answer has it.
function mixedText(planner: Planner, declaration: Holder, here: PositionId): string {
  const { checker, mode, collected, solution } = planner;
  const { test } = collected.context;
  const plain = localBaseName(planner, declaration);
  const brand = localName(planner, declaration);
  const either = mode === "subtype" ? [plain] : [plain, brand];
  const all = mentionsIn(declaration, test);
  const idAt = (path: string) => collected.positions.inferred(declaration, path);
  const tags = new Set<Tag>(all.filter(({ path }) => idAt(path) === here).flatMap(({ leaf }) => leaf.tags));
  const namesAt = (path: string) => {
    const label = idAt(path) === here ? "mixed" : solution.labels.get(idAt(path));
    return label === "mixed" ? either : label === "brand" ? [brand] : undefined;
  };
  const printed = renamedType(planner, checker.getTypeAtLocation(declaration), declaration, namesAt);
  const isOpen = either.length > 1 && all.some(({ path }) => path !== "");
  const inside = isOpen ? `(${either.join(" | ")})` : either.join(" | ");
  return tidied(
    named(planner, printed, declaration, (tag) =>
      tags.has(tag) ? inside : nameAfter(planner, declaration, collected.positions.written(tag)),
    ),
  );
}

// What is of no declaration is called by its place in the type.
function renamedType(
  { checker, collected }: Planner,
  type: ts.Type,
  at: ts.Node,
  namesAt: (path: string) => readonly string[] | undefined,
): string {
  const nodesAt = (_: ts.Type, path: string) => namesAt(path)?.map((name) => ts.factory.createTypeReferenceNode(name));
  const node = typeNode(type, at, nodesAt, collected.context.test);
  return node === undefined
    ? checker.typeToString(type, at, ts.TypeFormatFlags.NoTruncation)
    : ts.createPrinter({ removeComments: true }).printNode(ts.EmitHint.Unspecified, node, at.getSourceFile());
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

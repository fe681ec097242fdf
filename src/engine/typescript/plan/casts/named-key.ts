import { ts } from "ts-morph";
import type { TextChange } from "../../../edit.ts";
import { isJavaScript } from "../../syntax/annotation.ts";
import { writingOf } from "../writing.ts";

/** What is a key by its name: `files.main`, `{ main: 1 }`, `const { main } = files`. */
export type NamedKey = ts.Identifier | ts.StringLiteralLike | ts.NumericLiteral;

/** The name of a member at a node, which is no value of its own. */
export function namedKey(node: ts.Node): NamedKey | undefined {
  if (!ts.isIdentifier(node) && !ts.isStringLiteralLike(node) && !ts.isNumericLiteral(node)) return undefined;
  const { parent } = node;
  if (ts.isBindingElement(parent)) return (parent.propertyName ?? parent.name) === node ? node : undefined;
  const isOfMember = ts.isPropertyAccessExpression(parent) || ts.isObjectLiteralElement(parent);
  return isOfMember && parent.name === node ? node : undefined;
}

/** The change of text that asserts such a name: `files["main" as FileId]`, `{ ["main" as FileId]: 1 }`. */
export function assertedKey(name: NamedKey, type: string, isNumber: boolean): TextChange {
  const { parent } = name;
  const start = name.getStart();
  const { end } = name;
  const { quote } = writingOf(name.getSourceFile());
  const text = isNumber ? name.text : `${quote}${name.text.replaceAll(/["'\\]/g, "\\$&")}${quote}`;
  const key = isJavaScript(name) ? `[/** @type {${type}} */ (${text})]` : `[${text} as ${type}]`;
  if (ts.isPropertyAccessExpression(parent)) {
    const chained = parent.questionDotToken === undefined ? "" : "?.";
    return { start: parent.expression.end, end, text: `${chained}${key}` };
  }
  const isShort =
    ts.isShorthandPropertyAssignment(parent) || (ts.isBindingElement(parent) && parent.propertyName === undefined);
  return { start, end, text: isShort ? `${key}: ${name.text}` : key };
}

import { ts } from "ts-morph";
import { holdersUnder, insert, look, lookAtName, type NamedHolder, type Sheet, wrap } from "../sheet.ts";
import { declaredSights } from "../sights.ts";

/** What a function is given is seen as it begins. */
export function parameters(node: ts.Node, sheet: Sheet): void {
  if (!ts.isFunctionLike(node) || !("body" in node) || node.body === undefined) return;
  const calls = node.parameters.flatMap((parameter) => looks(sheet, parameter));
  if (calls.length > 0) atBeginOf(sheet, node.body, calls);
}

/** What a variable is given is seen on its way in; what comes apart in a pattern, right after. */
export function variables(node: ts.Node, sheet: Sheet): void {
  if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
    look(sheet, node.initializer, declaredSights(sheet.context, node));
  }
  if (ts.isVariableStatement(node)) {
    const patterns = node.declarationList.declarations.filter(({ name }) => !ts.isIdentifier(name));
    for (const call of patterns.flatMap((pattern) => looks(sheet, pattern))) insert(sheet, node.end, ` ${call};`);
  }
  if (ts.isForOfStatement(node) && ts.isVariableDeclarationList(node.initializer)) {
    const calls = node.initializer.declarations.flatMap((declaration) => looks(sheet, declaration));
    if (calls.length > 0) atBeginOf(sheet, node.statement, calls);
  }
}

function looks(sheet: Sheet, declaration: NamedHolder): readonly string[] {
  return holdersUnder(declaration)
    .map((holder) => lookAtName(sheet, holder))
    .filter((call) => call !== "");
}

function atBeginOf(sheet: Sheet, body: ts.Node, calls: readonly string[]): void {
  if (ts.isBlock(body)) insert(sheet, body.getStart() + 1, ` ${calls.join("; ")};`);
  else if (ts.isExpression(body)) wrap(sheet, body, `(${calls.join(", ")}, `, ")");
  else wrap(sheet, body, `{ ${calls.join("; ")}; `, " }");
}

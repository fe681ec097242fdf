import { ts } from "ts-morph";
import { look, type Sheet } from "../sheet.ts";
import { declaredSights } from "../sights.ts";

/** What a function returns. */
export function returns(node: ts.Node, sheet: Sheet): void {
  if (ts.isReturnStatement(node) && node.expression !== undefined) {
    const owner = ts.findAncestor(node, ts.isFunctionLike);
    if (owner !== undefined) lookAtResult(sheet, owner, node.expression);
  }
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) lookAtResult(sheet, node, node.body);
}

// What an asynchronous function or a generator returns is wrapped first.
function lookAtResult(sheet: Sheet, owner: ts.SignatureDeclaration, result: ts.Expression): void {
  const isWrapped =
    (ts.getCombinedModifierFlags(owner) & ts.ModifierFlags.Async) !== 0 ||
    ("asteriskToken" in owner && owner.asteriskToken !== undefined);
  if (!isWrapped) look(sheet, result, declaredSights(sheet.context, owner));
}

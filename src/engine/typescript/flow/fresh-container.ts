import { ts } from "ts-morph";
import { isLibraryFile } from "../project/libraries.ts";
import { type BaseTest, type Leaf, leafOf, mentions } from "../tagging/leaves.ts";

/** Is a leaf of this value put into a container that is made right here, `new Map([["key", page]])`? Nothing shares it yet. */
export function isPutIntoFresh(value: ts.Expression, leaf: Leaf, test: BaseTest): boolean {
  if (isCopied(value, leaf, test)) return true;
  return contents(value).some((content) => {
    const { tags } = leafOf(test.checker.getTypeAtLocation(content), test) ?? { tags: [] };
    return isAmong(tags, leaf) || isPutIntoFresh(content, leaf, test);
  });
}

function isCopied(value: ts.Expression, leaf: Leaf, test: BaseTest): boolean {
  const all = mentions(test.checker.getTypeAtLocation(value), test);
  return all.some(({ path, leaf: { tags } }) => isAmong(tags, leaf) && isMadeHere(value, path, test.checker));
}

/**
 * Is the container new that holds what is at this path of a value: `new Set(pages)`, `pages.filter(…)`? Whatever else holds
 * the same elements, what is put into this one goes no way back there.
 */
export function isMadeHere(value: ts.Node, path: string, checker: ts.TypeChecker): boolean {
  const isOneStep = path.lastIndexOf(".") === 0;
  if (!isOneStep || !(ts.isNewExpression(value) || ts.isCallExpression(value))) return false;
  // With type arguments it is written there what it holds.
  return value.typeArguments === undefined && (ts.isNewExpression(value) || isListOfLibrary(value, checker));
}

// What gives back the list that it is called on says so by its type, `this`, but for one.
function isListOfLibrary(call: ts.CallExpression, checker: ts.TypeChecker): boolean {
  const called = checker.getResolvedSignature(call)?.declaration;
  if (called?.type === undefined || !isLibraryFile(called.getSourceFile().fileName)) return false;
  const isReverse = ts.isMethodSignature(called) && called.name.getText() === "reverse";
  return ts.isArrayTypeNode(called.type) && !isReverse;
}

function isAmong(tags: Leaf["tags"], leaf: Leaf): boolean {
  return tags.some((tag) => leaf.tags.includes(tag));
}

function contents(value: ts.Expression): readonly ts.Expression[] {
  if (ts.isArrayLiteralExpression(value)) return value.elements;
  if (ts.isParenthesizedExpression(value)) return contents(value.expression);
  if (ts.isNewExpression(value)) return value.typeArguments === undefined ? (value.arguments ?? []) : [];
  return ts.isCallExpression(value) ? value.arguments : [];
}

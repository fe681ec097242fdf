import { ts } from "ts-morph";
import type { TextChange } from "../../../edit.ts";
import { isJavaScript } from "../../syntax/annotation.ts";

/** How a value is asserted: `as` in TypeScript, by a JSDoc comment in JavaScript. */
export interface Assertion {
  readonly type: string;
  /** The types to assert before: `unknown` where the two have too little in common to be asserted at once. */
  readonly through: readonly string[];
}

/** How the operands of what an operator makes and stores are read. */
export interface Operands {
  /** The text of one, without its brand where the operator takes none. */
  readonly read: (operand: ts.Expression) => string;
  /** What `++` adds. */
  readonly one: string;
}

/**
 * The change of text that asserts a value where it stands; undefined where no expression can take an assertion. It
 * never writes `<T>value`, which a `.tsx` file would read as an element. `stored`: what the operator makes is stored.
 */
export function assertedText(value: ts.Expression, assertion: Assertion, stored?: Operands): TextChange | undefined {
  if (isAssigned(value)) return undefined;
  const sum = stored === undefined ? undefined : summed(value, stored);
  if (sum !== undefined) return placed(value, `${sum.place} = ${assertedSum(value, sum.text, assertion)}`);
  // What `count++` gives is used as a plain value.
  if (stored !== undefined && isStep(value)) return undefined;
  const written = textOf(value);
  if (isJavaScript(value)) return placed(value, jsDocAssertion(written, assertion));
  const as = asserting(assertion);
  if (isWrapped(value)) return placed(value, `${written} ${as}`);
  const operand = bindsLoosely(value) ? `(${written})` : written;
  if (isOperand(value)) return placed(value, `${isContinued(value) ? ";" : ""}(${operand} ${as})${chainAfter(value)}`);
  if (!bindsLoosely(value)) return { start: bare(value).end, end: value.end, text: ` ${as}` };
  return placed(value, `${operand} ${as}`);
}

// What is asserted to be something else need not be a constant before.
function bare(value: ts.Expression): ts.Expression {
  return ts.isAsExpression(value) && ts.isConstTypeReference(value.type) ? value.expression : value;
}

function asserting({ through, type }: Assertion): string {
  return [...through, type].map((each) => `as ${each}`).join(" ");
}

function assertedSum(at: ts.Node, sum: string, assertion: Assertion): string {
  return isJavaScript(at) ? jsDocAssertion(sum, assertion) : `(${sum}) ${asserting(assertion)}`;
}

/** An operand asserted where it is read. */
export function assertedOperand(operand: ts.Expression, assertion: Assertion): string {
  const written = operand.getText();
  if (isJavaScript(operand)) return jsDocAssertion(written, assertion);
  return `(${bindsLoosely(operand) ? `(${written})` : written} ${asserting(assertion)})`;
}

interface Sum {
  readonly place: string;
  readonly text: string;
}

// `id += "2"` stores `id + "2"`, and an assertion around it comes too late.
function summed(value: ts.Expression, { read, one }: Operands): Sum | undefined {
  if (isStep(value)) {
    const { operand, operator } = value;
    if (isUsed(value) || !isRepeatable(operand)) return undefined;
    const sign = operator === ts.SyntaxKind.PlusPlusToken ? "+" : "-";
    return { place: operand.getText(), text: `${read(operand)} ${sign} ${one}` };
  }
  if (!ts.isBinaryExpression(value) || !isCompound(value.operatorToken.kind) || !isRepeatable(value.left))
    return undefined;
  const { left, right, operatorToken } = value;
  return { place: left.getText(), text: `${read(left)} ${operatorToken.getText().slice(0, -1)} ${read(right)}` };
}

function isUsed({ parent }: ts.Expression): boolean {
  return !ts.isExpressionStatement(parent) && !ts.isForStatement(parent);
}

function isStep(value: ts.Expression): value is ts.PrefixUnaryExpression | ts.PostfixUnaryExpression {
  if (!ts.isPrefixUnaryExpression(value) && !ts.isPostfixUnaryExpression(value)) return false;
  return value.operator === ts.SyntaxKind.PlusPlusToken || value.operator === ts.SyntaxKind.MinusMinusToken;
}

/** The text of an operand that is read as it stands. */
export function operandText(operand: ts.Expression): string {
  return bindsLoosely(operand) ? `(${operand.getText()})` : operand.getText();
}

function isCompound(operator: ts.SyntaxKind): boolean {
  return operator >= ts.SyntaxKind.FirstCompoundAssignment && operator <= ts.SyntaxKind.BarEqualsToken;
}

// What can be evaluated twice.
function isRepeatable(place: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(place)) return isRepeatable(place.expression);
  return ts.isIdentifier(place) || place.kind === ts.SyntaxKind.ThisKeyword;
}

/** The change of text that hands a value to a function; undefined where it cannot be handed to one. */
export function calledText(value: ts.Expression, name: string): TextChange | undefined {
  return isAssigned(value) ? undefined : placed(value, `${name}(${textOf(value)})`);
}

/** Does the value hold a function whose parameters get their types from where the value stands? */
export function needsContext(value: ts.Node): boolean {
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) {
    return value.parameters.some((parameter) => parameter.type === undefined);
  }
  const isTransparent =
    ts.isObjectLiteralExpression(value) ||
    ts.isArrayLiteralExpression(value) ||
    ts.isParenthesizedExpression(value) ||
    ts.isPropertyAssignment(value);
  if (ts.isMethodDeclaration(value)) return value.parameters.some((parameter) => parameter.type === undefined);
  return isTransparent && ts.forEachChild(value, (child) => needsContext(child) || undefined) === true;
}

/** The expression to assert for a value: `x!` for `x`, and `x satisfies T` for `x`. */
export function outermost(value: ts.Expression): ts.Expression {
  const { parent } = value;
  const isThrough = ts.isNonNullExpression(parent) || ts.isSatisfiesExpression(parent);
  return isThrough && parent.expression === value ? outermost(parent) : value;
}

function jsDocAssertion(written: string, { type, through }: Assertion): string {
  return [...through, type].reduce((value, each) => `/** @type {${each}} */ (${value})`, written);
}

// The text of an attribute knows entities where a string knows escapes.
function textOf(value: ts.Expression): string {
  const isAttribute = ts.isJsxAttribute(value.parent) && ts.isStringLiteral(value);
  return isAttribute && /[&\\\n]/.test(value.getText()) ? JSON.stringify(entitiesOf(value.text)) : value.getText();
}

const entities: Readonly<Record<string, string>> = { amp: "&", quot: '"', apos: "'", lt: "<", gt: ">", nbsp: "\u00a0" };

function entitiesOf(text: string): string {
  return text.replaceAll(/&(\w+);/g, (written, name: string) => entities[name] ?? written);
}

// `{ id }` and `id="x"` have no room for an expression yet.
function placed(value: ts.Expression, text: string): TextChange {
  const { end } = value;
  const start = value.getStart();
  if (ts.isShorthandPropertyAssignment(value.parent)) return { start: end, end, text: `: ${text}` };
  if (ts.isJsxAttribute(value.parent)) return { start, end, text: `{${text}}` };
  return { start, end, text };
}

function isWrapped(value: ts.Expression): boolean {
  return ts.isShorthandPropertyAssignment(value.parent) || ts.isJsxAttribute(value.parent);
}

// `({ id } = row)` writes to `id`: there is no value here that could be asserted.
function isAssigned(value: ts.Expression): boolean {
  const literal = ts.isShorthandPropertyAssignment(value.parent) ? value.parent.parent : undefined;
  if (literal === undefined) return false;
  const { parent } = literal;
  const isLeft = ts.isBinaryExpression(parent) && parent.left === literal;
  return isLeft || (ts.isForOfStatement(parent) && parent.initializer === literal);
}

// Whatever would take ` as T` for a part of its own last operand.
function bindsLoosely(value: ts.Expression): boolean {
  return (
    ts.isBinaryExpression(value) ||
    ts.isConditionalExpression(value) ||
    ts.isArrowFunction(value) ||
    ts.isYieldExpression(value)
  );
}

// Where an assertion would be taken apart by what stands around it.
function isOperand(value: ts.Expression): boolean {
  const { parent } = value;
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) return parent.expression === value;
  if (ts.isBinaryExpression(parent)) return !isAssignment(parent.operatorToken.kind) || parent.left === value;
  if (ts.isSpreadAssignment(parent) || ts.isSpreadElement(parent) || ts.isJsxSpreadAttribute(parent)) return true;
  return ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent) || ts.isTypeOfExpression(parent);
}

// `(row?.id as string | undefined)?.length`: in parentheses a chain ends, and has to go on as another one.
function chainAfter(value: ts.Expression): string {
  const { parent } = value;
  if (!ts.isOptionalChain(value) || !ts.isOptionalChain(parent) || ts.isNonNullChain(parent)) return "";
  if (parent.questionDotToken !== undefined) return "";
  return ts.isPropertyAccessExpression(parent) ? "?" : "?.";
}

// Without a semicolon before it, a statement that begins with a parenthesis goes on with the one before.
function isContinued(value: ts.Expression): boolean {
  const isFirst = (node: ts.Node) => ts.isExpressionStatement(node) && node.getStart() === value.getStart();
  const statement = ts.findAncestor(value, isFirst);
  if (statement === undefined || !("statements" in statement.parent)) return false;
  const all = statement.parent.statements as readonly ts.Node[];
  const before = all[all.indexOf(statement) - 1];
  return before !== undefined && isEndedBySemicolon(before) && !before.getText().endsWith(";");
}

function isEndedBySemicolon(node: ts.Node): boolean {
  return (
    ts.isVariableStatement(node) ||
    ts.isExpressionStatement(node) ||
    ts.isReturnStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isDoStatement(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isExportAssignment(node) ||
    ts.isTypeAliasDeclaration(node)
  );
}

function isAssignment(operator: ts.SyntaxKind): boolean {
  return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
}

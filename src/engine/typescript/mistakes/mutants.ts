import { ts } from "ts-morph";
import type { TextChange } from "../../edit.ts";
import type { MistakeKind, Mutant } from "../../mistakes/mistake.ts";
import type { PathHabits } from "../plan/imports/module-path.ts";
import { newImports } from "../plan/imports/new-imports.ts";
import { declaredNames, isInList, listed, mentionsAny, statementOf } from "./around.ts";
import { boundsOf } from "./bounds.ts";
import { calledName, type ReleaseCall, type ReleaseFunction } from "./release-calls.ts";
import { isSameValue } from "./same-value.ts";

/** A call that releases, in the text of an edited file. */
export interface EditedCall {
  readonly release: ReleaseCall;
  readonly call: ts.CallExpression;
  readonly habits: PathHabits;
  /** Was the call converted? */
  readonly isConverted: boolean;
}

/** Every mistake that can be made at the call, one mutant each. */
export function mutantsOf(edited: EditedCall): readonly Mutant[] {
  const { call, release } = edited;
  const { place } = release;
  const isLocal = statementOf(call) !== undefined;
  const { fewer, more } = boundsOf(call, release);
  const moved = callAfter(edited);
  const made: Readonly<Record<MistakeKind, readonly TextChange[] | undefined>> = {
    "wrong-release": wrongSide(edited, "branded"),
    "wrong-branded": wrongSide(edited, "plain"),
    "second-release": second(call),
    "missing-release": missing(call),
    "use-after-release": useAfter(edited),
    "call-after-release": moved?.changes,
    "release-first": releaseFirst(call, moved?.from),
    "one-too-few": fewer && [fewer],
    "one-too-many": more && [more],
  };
  return Object.entries(made).flatMap(([kind, changes]) =>
    changes === undefined ? [] : [{ kind: kind as MistakeKind, place, changes, isLocal }],
  );
}

// The name of the other release of the pair, imported where that is new.
function wrongSide(edited: EditedCall, right: "plain" | "branded"): readonly TextChange[] | undefined {
  const { release, call, isConverted } = edited;
  const { pair, place, isInsideBranded } = release;
  const side = isConverted ? "branded" : place.side;
  if (pair === undefined || side !== right || (right === "plain" && isInsideBranded)) return undefined;
  const wrong = right === "branded" ? pair.plain : pair.branded;
  const name = calledName(call);
  return [{ start: name.getStart(), end: name.end, text: wrong.name }, ...importOf(wrong, edited)];
}

function importOf({ name, file, isMember }: ReleaseFunction, { call, habits }: EditedCall): readonly TextChange[] {
  const source = call.getSourceFile();
  if (isMember || source.fileName === file.fileName || isBound(source, name)) return [];
  return [newImports(source, [{ name, declaredIn: file, isType: false, beside: undefined }], habits)];
}

function isBound(file: ts.SourceFile, name: string): boolean {
  return file.statements.some((statement) => {
    if (!ts.isImportDeclaration(statement)) return false;
    const bindings = statement.importClause?.namedBindings;
    return (
      bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.some((each) => each.name.text === name)
    );
  });
}

function second(call: ts.CallExpression): readonly TextChange[] | undefined {
  const statement = statementOf(call);
  if (statement !== undefined) return beside(statement, statement.getText());
  return ts.isArrowFunction(call.parent) ? [replaced(call, `(${call.getText()}, ${call.getText()})`)] : undefined;
}

function missing(call: ts.CallExpression): readonly TextChange[] | undefined {
  const statement = statementOf(call);
  if (statement !== undefined) return [replaced(statement, isInList(statement) ? "" : "{}")];
  return ts.isArrowFunction(call.parent) ? [replaced(call, "void 0")] : undefined;
}

function useAfter({ call, release }: EditedCall): readonly TextChange[] | undefined {
  const statement = statementOf(call);
  const released = call.arguments[release.argument];
  if (statement === undefined || released === undefined || release.member === undefined) return undefined;
  return beside(statement, `void (${released.getText()}).${release.member};`);
}

/**
 * A call that takes the value, nearest in front of the release, comes behind it: for pages, whatever marks them dirty.
 * In front means in the same list of statements, or in a condition of that list.
 */
function callAfter({ call, release }: EditedCall) {
  const statement = statementOf(call);
  const released = call.arguments[release.argument];
  const around = statement && listed(statement);
  if (around === undefined || released === undefined || around.statement !== statement) return undefined;
  const from = around.before.findLast((each) => takes(each, released));
  if (from === undefined || isUsedBetween(around.before.slice(around.before.indexOf(from)), statement))
    return undefined;
  return { from, changes: movedBefore(statement, from) };
}

function takes(statement: ts.Statement, value: ts.Expression): boolean {
  if (ts.isIfStatement(statement)) return takes(statement.thenStatement, value);
  if (ts.isBlock(statement)) return statement.statements.some((each) => takes(each, value));
  if (!ts.isExpressionStatement(statement) || !ts.isCallExpression(statement.expression)) return false;
  return statement.expression.arguments.some((argument) => isSameValue(argument, value));
}

// Nothing to make a second mutant of where the statement in front is the call that takes the value.
function releaseFirst(call: ts.CallExpression, known: ts.Statement | undefined): readonly TextChange[] | undefined {
  const statement = statementOf(call);
  const around = statement && listed(statement);
  const front = around?.before.at(-1);
  if (around === undefined || front === undefined || front === known) return undefined;
  return isUsedBetween([front], around.statement) ? undefined : movedBefore(around.statement, front);
}

function isUsedBetween(between: readonly ts.Statement[], later: ts.Statement): boolean {
  return between.some((each) => mentionsAny(later, declaredNames(each)));
}

function movedBefore(statement: ts.Statement, front: ts.Statement): readonly TextChange[] {
  const start = front.getStart();
  return [{ start, end: start, text: `${statement.getText()} ` }, replaced(statement, "")];
}

// Behind a statement; where it stands alone, in a block with it.
function beside(statement: ts.Statement, text: string): readonly TextChange[] {
  if (isInList(statement)) return [{ start: statement.end, end: statement.end, text: ` ${text}` }];
  return [replaced(statement, `{ ${statement.getText()} ${text} }`)];
}

function replaced(node: ts.Node, text: string): TextChange {
  return { start: node.getStart(), end: node.end, text };
}

import { relative } from "node:path";
import { ts } from "ts-morph";
import type { Release } from "../../migration.ts";
import type { ReleasePlace } from "../../mistakes/mistake.ts";
import { type LoadedProject, projectFiles } from "../project/load.ts";
import { isTestFile } from "../project/test-files.ts";
import { type SelectionScope, selectValues } from "../select/select.ts";
import { resolveAlias } from "../types/resolve-alias.ts";
import { statementOf } from "./around.ts";
import { releasedParameter } from "./released-parameter.ts";

/** A function that releases, and its counterpart. */
export interface ReleaseFunction {
  readonly name: string;
  /** Where it is declared; a member needs no import. */
  readonly file: ts.SourceFile;
  readonly isMember: boolean;
}

/** A call that releases, with what is known of it from the checker. */
export interface ReleaseCall {
  readonly place: ReleasePlace;
  /** Absolute. */
  readonly path: string;
  /** The plain and the branded release; undefined for one that releases through another. */
  readonly pair: { readonly plain: ReleaseFunction; readonly branded: ReleaseFunction } | undefined;
  /** Does it stand in the branded release, which ends in the plain one? */
  readonly isInsideBranded: boolean;
  /** Which argument is released. */
  readonly argument: number;
  /** A member that every released value has, to be read; undefined where there is none. */
  readonly member: string | undefined;
  /** The other arguments that are numbers. */
  readonly numbers: readonly number[];
  /** Is the nearest loop around it one over an array? */
  readonly isOverArray: boolean;
}

interface Releasing {
  readonly side: ReleasePlace["side"];
  readonly argument: number;
  readonly pair: ReleaseCall["pair"];
}

/**
 * Every call of a release outside of tests: of the plain and the branded ones of the migration, and of functions that
 * release all elements of a parameter of theirs by one of these, and whose result, if any, is of no interest.
 *
 * Shortcomings: a release that is passed on as a value is no call; of several arguments the first is taken for the one
 * that is released.
 * @throws InputError when a release names nothing or too much
 */
export function releaseCalls(
  loaded: LoadedProject,
  releases: readonly Release[],
  workingDirectory: string,
): readonly ReleaseCall[] {
  const checker = loaded.program().getTypeChecker();
  const files = projectFiles(loaded);
  const isTest = (file: ts.SourceFile) => isTestFile(file, slashed(relative(loaded.root, file.fileName)));
  const calls = files.filter((file) => !isTest(file)).flatMap(callsIn);
  const releasing = named(releases, { files, root: loaded.root, workingDirectory });
  const found = new Map<ts.CallExpression, Releasing>();
  // Until no function is found any more that releases what it is given.
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const call of calls) {
      const called = declarationOf(call, checker);
      const release = called && releasing.get(called);
      if (release === undefined || found.has(call)) continue;
      // What also returns something does more than release.
      if (release.side === "through" && statementOf(call) === undefined) continue;
      found.set(call, release);
      const through = releasedParameter(call, call.arguments[release.argument], checker);
      if (through === undefined || releasing.has(through.owner)) continue;
      if (!through.isBatch && release.side !== "through") continue;
      releasing.set(through.owner, { side: "through", argument: through.index, pair: undefined });
    }
  }
  const nameOf = (file: ts.SourceFile) => slashed(relative(workingDirectory, file.fileName));
  const branded = new Set([...releasing].filter(([, { side }]) => side === "branded").map(([declared]) => declared));
  return [...found]
    .map(([call, release]) => described(call, release, branded, checker, nameOf))
    .sort((a, b) => (a.path === b.path ? a.place.start - b.place.start : a.path < b.path ? -1 : 1));
}

function named(releases: readonly Release[], scope: SelectionScope): Map<ts.Node, Releasing> {
  const releasing = new Map<ts.Node, Releasing>();
  for (const { plain, branded } of releases) {
    const [plains, brandeds] = [selectValues(plain, scope), selectValues(branded, scope)];
    const functions = [plains[0], brandeds[0]].map((each) => each && functionOf(each.name, each.declaration));
    const [left, right] = functions;
    const pair = left === undefined || right === undefined ? undefined : { plain: left, branded: right };
    for (const { declaration } of plains) releasing.set(declaration, { side: "plain", argument: 0, pair });
    for (const { declaration } of brandeds) releasing.set(declaration, { side: "branded", argument: 0, pair });
  }
  return releasing;
}

function functionOf(name: string, declaration: ts.Node): ReleaseFunction {
  const isMember = ts.isClassElement(declaration) || ts.isTypeElement(declaration);
  return { name, file: declaration.getSourceFile(), isMember };
}

function callsIn(file: ts.SourceFile): readonly ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return calls;
}

// As selectors name it: a function that is a variable's value is the function.
function declarationOf(call: ts.CallExpression, checker: ts.TypeChecker): ts.Node | undefined {
  const symbol = checker.getSymbolAtLocation(calledName(call));
  const declaration = symbol && resolveAlias(symbol, checker).valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return declaration;
  const { initializer } = declaration;
  return initializer !== undefined && ts.isFunctionLike(initializer) ? initializer : declaration;
}

/** The name that a call calls. */
export function calledName({ expression }: ts.CallExpression): ts.Expression | ts.MemberName {
  return ts.isPropertyAccessExpression(expression) ? expression.name : expression;
}

function described(
  call: ts.CallExpression,
  { side, argument, pair }: Releasing,
  branded: ReadonlySet<ts.Node>,
  checker: ts.TypeChecker,
  nameOf: (file: ts.SourceFile) => string,
): ReleaseCall {
  const file = call.getSourceFile();
  const name = calledName(call);
  const start = name.getStart();
  const owner = ts.findAncestor(call, (node) => ts.isFunctionLike(node) && node.name !== undefined);
  const loop = ts.findAncestor(call, (node) => ts.isForOfStatement(node) || ts.isFunctionLike(node));
  const released = call.arguments[argument];
  return {
    place: {
      file: nameOf(file),
      line: file.getLineAndCharacterOfPosition(start).line + 1,
      start,
      owner: owner !== undefined && ts.isFunctionLike(owner) ? (owner.name?.getText() ?? null) : null,
      name: name.getText(),
      side,
    },
    path: file.fileName,
    pair,
    isInsideBranded: ts.findAncestor(call, (node) => branded.has(node)) !== undefined,
    argument,
    member: released && memberOf(checker.getTypeAtLocation(released), checker),
    numbers: [...call.arguments.entries()].flatMap(([i, each]) =>
      i !== argument && isNumber(each, checker) ? [i] : [],
    ),
    isOverArray: loop !== undefined && ts.isForOfStatement(loop) && isArray(loop.expression, checker),
  };
}

function memberOf(type: ts.Type, checker: ts.TypeChecker): string | undefined {
  if ((type.flags & ts.TypeFlags.Object) === 0 && !type.isUnionOrIntersection()) return undefined;
  const isPlain = ({ name }: ts.Symbol) =>
    /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !name.startsWith("__");
  return checker.getPropertiesOfType(type).find(isPlain)?.name;
}

function isNumber(expression: ts.Expression, checker: ts.TypeChecker): boolean {
  return (checker.getTypeAtLocation(expression).flags & ts.TypeFlags.NumberLike) !== 0;
}

function isArray(expression: ts.Expression, checker: ts.TypeChecker): boolean {
  return checker.isArrayType(checker.getTypeAtLocation(expression));
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

import ts from "typescript-6";
import { applyChanges, type TextChange } from "../../src/engine/edit.ts";
import type { BrandUse } from "./brand-uses.ts";

/** Where a file makes the brand, in a form that a question can name. */
export interface Mints {
  /** Every cast of the authors, as a call of a function that stands for it. */
  readonly changes: readonly TextChange[];
  /** The functions, to be declared at the end of the file. */
  readonly declarations: string;
  /** Without the file. */
  readonly selectors: readonly string[];
}

/**
 * Every cast to a type with the brand in it becomes a call of a function which returns that type with the base in it,
 * one function a type; every type predicate is named by its function. Nothing is chosen: these are all there are.
 *
 * Shortcomings: a cast to a type that only its own scope knows stays a cast, to the base.
 */
export function mintsOf(uses: readonly BrandUse[], replacement: (use: BrandUse) => TextChange, name: string): Mints {
  const casts = new Map<ts.AssertionExpression, BrandUse[]>();
  for (const use of uses) {
    const { parent } = use.type;
    if (ts.isAssertionExpression(parent) && isTopLevel(use.type))
      casts.set(parent, [...(casts.get(parent) ?? []), use]);
  }
  const functions = new Map<string, string>();
  const changes = [...casts].flatMap(([cast, within]) => {
    const type = plainText(cast.type, within.map(replacement));
    const minter = functions.get(type) ?? `mint${name}${functions.size === 0 ? "" : functions.size + 1}`;
    functions.set(type, minter);
    return asCall(cast, minter);
  });
  const declared = [...functions].map(([type, minter]) => `declare function ${minter}(value: unknown): ${type};\n`);
  const predicates = uses.filter(({ kind }) => kind === "predicate").map(({ type }) => pathOf(type.parent));
  return {
    changes,
    declarations: declared.length === 0 ? "" : `\n${declared.join("")}`,
    selectors: [...functions.values(), ...new Set(predicates)],
  };
}

function plainText(type: ts.TypeNode, changes: readonly TextChange[]): string {
  const offset = type.getStart();
  const moved = changes.map(({ start, end, text }) => ({ start: start - offset, end: end - offset, text }));
  return applyChanges(type.getText(), moved);
}

function asCall(cast: ts.AssertionExpression, minter: string): readonly TextChange[] {
  const inner = { start: cast.expression.getStart(), end: cast.expression.getEnd() };
  return [
    { start: cast.getStart(), end: inner.start, text: `${minter}(` },
    { start: inner.end, end: cast.getEnd(), text: ")" },
  ];
}

// Does the type mean the same at the end of the file?
function isTopLevel(type: ts.TypeNode): boolean {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(type);
  return ts.findAncestor(type, (scope) => declaresAny(scope, names)) === undefined;
}

function declaresAny(scope: ts.Node, names: ReadonlySet<string>): boolean {
  if (ts.isSourceFile(scope)) return false;
  const isNamed = ({ name }: { readonly name: ts.Identifier }) => names.has(name.text);
  if ("typeParameters" in scope && (scope as ts.SignatureDeclaration).typeParameters?.some(isNamed)) return true;
  return ts.isBlock(scope) && scope.statements.some((each) => isType(each) && isNamed(each));
}

function isType(node: ts.Node): node is ts.TypeAliasDeclaration | ts.InterfaceDeclaration {
  return ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node);
}

function pathOf(declaration: ts.Node): string {
  const names: string[] = [];
  for (let at = declaration; !ts.isSourceFile(at); at = at.parent) {
    const name = isOwner(at) ? at.name : undefined;
    if (name !== undefined) names.unshift(name.getText());
  }
  return names.join(".");
}

function isOwner(node: ts.Node): node is ts.NamedDeclaration {
  return (
    ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node) || ts.isVariableDeclaration(node)
  );
}

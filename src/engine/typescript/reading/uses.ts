import { ts } from "ts-morph";
import { createNameIndex, namesIn } from "../syntax/names.ts";
import { isMember } from "../types/member.ts";
import { resolveAlias } from "../types/resolve-alias.ts";
import { membersNamed, wantedTypes } from "../types/wanted.ts";
import { createRenamings } from "./renamings.ts";
import { suiteOf } from "./unit.ts";
import { type UseKind, useKind } from "./use-kind.ts";

/** A declaration, and the name by which the rest of a project can reach it. */
export interface NamedDeclaration {
  readonly name: string;
  readonly declaration: ts.Node;
}

/** Finds where declarations are used, without looking at files that do not mention their names. */
export interface UseIndex {
  /**
   * The identifiers that mean this declaration and are used in this way: references, and members that override or fill in
   * a member.
   */
  usesOf(named: NamedDeclaration, kind: UseKind): readonly ts.Node[];
  /** What names the members of that name which classes, interfaces and type literals declare. */
  membersNamed(name: string): readonly ts.Node[];
  /** How many files mention the name. */
  filesNaming(name: string): number;
}

/** Which uses mean which declaration. */
type Meanings = ReadonlyMap<ts.Node, readonly ts.Node[]>;

/** An index over these files. What a name means in all of them is asked of the checker once, when it is first met. */
export function createUseIndex(files: readonly ts.SourceFile[], checker: ts.TypeChecker): UseIndex {
  const names = createRenamings(files, checker);
  const filesNaming = createNameIndex(files);
  const usesNamed = remembered((name: string) => filesNaming(name).flatMap((file) => namesIn(file, name)));
  const meaningsIn = (kind: UseKind) =>
    remembered((name: string) =>
      meaningsOf(
        usesNamed(name).filter((use) => useKind(use) === kind),
        checker,
      ),
    );
  const meanings = { dropped: meaningsIn("dropped"), type: meaningsIn("type"), value: meaningsIn("value") };
  return {
    filesNaming: (name) => filesNaming(name).length,
    membersNamed: remembered((name) => usesNamed(name).filter(namesMember)),
    usesOf: ({ name, declaration }, kind) => {
      const suite = isMember(declaration) ? undefined : suiteOf(declaration);
      if (suite !== undefined) return usesWithin(suite, { name, declaration }, kind, checker);
      return names.of(name, [declaration]).flatMap((each) => meanings[kind](each).get(declaration) ?? []);
    },
  };
}

function namesMember(name: ts.Node): boolean {
  const { parent } = name;
  return (ts.isClassElement(parent) || ts.isTypeElement(parent)) && parent.name === name;
}

function usesWithin(
  suite: ts.Block,
  { name, declaration }: NamedDeclaration,
  kind: UseKind,
  checker: ts.TypeChecker,
): readonly ts.Node[] {
  const named = namesIn(suite.getSourceFile(), name).filter((use) => use.pos >= suite.pos && use.end <= suite.end);
  const used = named.filter((use) => useKind(use) === kind);
  return meaningsOf(used, checker).get(declaration) ?? [];
}

function remembered<Result>(ask: (name: string) => Result): (name: string) => Result {
  const known = new Map<string, Result>();
  return (name) => {
    const result = known.get(name) ?? ask(name);
    known.set(name, result);
    return result;
  };
}

function meaningsOf(uses: readonly ts.Node[], checker: ts.TypeChecker): Meanings {
  const found = new Map<ts.Node, ts.Node[]>();
  for (const use of uses) {
    for (const declaration of new Set(declarationsBehind(use, checker))) {
      const known = found.get(declaration);
      if (known === undefined) found.set(declaration, [use]);
      else known.push(use);
    }
  }
  return found;
}

function declarationsBehind(use: ts.Node, checker: ts.TypeChecker): readonly ts.Node[] {
  const symbols = [...symbolsAt(use, checker), ...membersMeant(use, checker)];
  const all = symbols.flatMap((symbol) => resolveAlias(symbol, checker).declarations ?? []);
  return isQualifier(use) ? all.filter((declaration) => !isValueAlone(declaration)) : all;
}

// `size.ErrorType` is in the namespace that has its name from the function, and says nothing of what that gives.
function isQualifier(use: ts.Node): boolean {
  const { parent } = use;
  if (!ts.isQualifiedName(parent)) return false;
  if (parent.right === use) return ts.isQualifiedName(parent.parent) && isQualifier(parent);
  return ts.findAncestor(parent, (node) => !ts.isQualifiedName(node))?.kind === ts.SyntaxKind.TypeReference;
}

function isValueAlone(declaration: ts.Node): boolean {
  return ts.isFunctionLike(declaration) || ts.isVariableDeclaration(declaration);
}

function symbolsAt(use: ts.Node, checker: ts.TypeChecker): readonly ts.Symbol[] {
  const symbol = checker.getSymbolAtLocation(use);
  const value = ts.isShorthandPropertyAssignment(use.parent)
    ? checker.getShorthandAssignmentValueSymbol(use.parent)
    : undefined;
  return [symbol, value].filter((each) => each !== undefined);
}

// A member of a literal, a pattern or a class stands for the member of the type that it fills, takes apart or overrides.
function membersMeant(use: ts.Node, checker: ts.TypeChecker): readonly ts.Symbol[] {
  const { parent } = use;
  if (!ts.isIdentifier(use) && !ts.isStringLiteralLike(use) && !ts.isPrivateIdentifier(use)) return [];
  if (ts.isElementAccessExpression(parent))
    return membersNamed(checker.getTypeAtLocation(parent.expression), use.text, checker);
  if (ts.isObjectLiteralElement(parent) && parent.name === use && ts.isExpression(parent.parent)) {
    return wantedTypes(parent.parent, checker).flatMap((wanted) => membersNamed(wanted, use.text, checker));
  }
  if (ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === use) {
    return membersNamed(checker.getTypeAtLocation(parent.parent), use.text, checker);
  }
  return namesMember(use) ? overridden(parent.parent, use.text, checker) : [];
}

function overridden(owner: ts.Node, name: string, checker: ts.TypeChecker): readonly ts.Symbol[] {
  if (!ts.isClassLike(owner) && !ts.isInterfaceDeclaration(owner)) return [];
  const clauses = owner.heritageClauses?.flatMap(({ types }) => [...types]) ?? [];
  return clauses.flatMap((type) => membersNamed(checker.getTypeAtLocation(type), name, checker));
}

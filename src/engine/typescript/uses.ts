import { ts } from "ts-morph";
import { commentsOf } from "./annotation.ts";
import { isDropped } from "./dropped.ts";
import { mentionsName } from "./occurrences.ts";
import { createRenamings } from "./renamings.ts";
import { resolveAlias } from "./resolve-alias.ts";

/** A declaration, and the name by which the rest of a project can reach it. */
export interface NamedDeclaration {
  readonly name: string;
  readonly declaration: ts.Node;
}

/** Finds where declarations are used, without looking at files that do not mention their names. */
export interface UseIndex {
  /** The identifiers that mean this declaration: references, and members that override or fill in a member. */
  usesOf(named: NamedDeclaration): readonly ts.Node[];
  /** The same without calls that drop what the function gives them. */
  keptUsesOf(named: NamedDeclaration): readonly ts.Node[];
}

/** What the uses of a name mean. */
type Meanings = ReadonlyMap<ts.Node, readonly ts.Node[]>;

/** An index over these files. What a name means in all of them is asked of the checker once, when it is first met. */
export function createUseIndex(files: readonly ts.SourceFile[], checker: ts.TypeChecker): UseIndex {
  const names = createRenamings(files, checker);
  const indexOf = (isWanted: (use: ts.Node) => boolean) => {
    const byName = new Map<string, Meanings>();
    const meanings = (name: string) => {
      const known = byName.get(name) ?? meaningsOf(name, files, checker, isWanted);
      byName.set(name, known);
      return known;
    };
    return ({ name, declaration }: NamedDeclaration) =>
      names.of(name, [declaration]).flatMap((each) => meanings(each).get(declaration) ?? []);
  };
  const keptUsesOf = indexOf((use) => !isDropped(use));
  const droppedUsesOf = indexOf(isDropped);
  return { keptUsesOf, usesOf: (named) => [...keptUsesOf(named), ...droppedUsesOf(named)] };
}

function meaningsOf(
  name: string,
  files: readonly ts.SourceFile[],
  checker: ts.TypeChecker,
  isWanted: (use: ts.Node) => boolean,
): Meanings {
  const found = new Map<ts.Node, ts.Node[]>();
  for (const file of files) {
    if (!mentionsName(file, name)) continue;
    for (const use of namesIn(file, name).filter(isWanted)) {
      for (const declaration of new Set(declarationsBehind(use, checker))) {
        const uses = found.get(declaration);
        if (uses === undefined) found.set(declaration, [use]);
        else uses.push(use);
      }
    }
  }
  return found;
}

// By the text first, because most files that mention a name do so in a few places.
function namesIn(file: ts.SourceFile, name: string): readonly ts.Node[] {
  const found: ts.Node[] = [];
  for (let at = file.text.indexOf(name); at !== -1; at = file.text.indexOf(name, at + name.length)) {
    if (isWordPart(file.text, at - 1) || isWordPart(file.text, at + name.length)) continue;
    const node = nameAt(file, at, name);
    if (node !== undefined) found.push(node);
  }
  return found;
}

function isWordPart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return false;
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 36
  );
}

function nameAt(file: ts.SourceFile, at: number, name: string): ts.Node | undefined {
  let node: ts.Node | undefined = file;
  while (node !== undefined) {
    const isAt = (child: ts.Node) => (child.pos <= at && at < child.end ? child : undefined);
    const inner: ts.Node | undefined = commentsOf(node).find(isAt) ?? ts.forEachChild(node, isAt);
    if (inner === undefined) break;
    node = inner;
  }
  if (node === undefined) return undefined;
  if (!ts.isIdentifier(node) && !ts.isPrivateIdentifier(node) && !ts.isStringLiteralLike(node)) return undefined;
  return node.text === name ? node : undefined;
}

function declarationsBehind(use: ts.Node, checker: ts.TypeChecker): readonly ts.Node[] {
  const symbols = [...symbolsAt(use, checker), ...membersMeant(use, checker)];
  return symbols.flatMap((symbol) => resolveAlias(symbol, checker).declarations ?? []);
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
    return memberOf(checker.getTypeAtLocation(parent.expression), use.text, checker);
  if (ts.isObjectLiteralElement(parent) && parent.name === use && ts.isExpression(parent.parent)) {
    const wanted = checker.getContextualType(parent.parent as ts.Expression);
    return wanted === undefined ? [] : memberOf(wanted, use.text, checker);
  }
  if (ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === use) {
    return memberOf(checker.getTypeAtLocation(parent.parent), use.text, checker);
  }
  if ((ts.isClassElement(parent) || ts.isTypeElement(parent)) && parent.name === use) {
    return overridden(parent.parent, use.text, checker);
  }
  return [];
}

function memberOf(type: ts.Type, name: string, checker: ts.TypeChecker): readonly ts.Symbol[] {
  const members = (type.isUnion() ? type.types : [type]).map((each) => checker.getPropertyOfType(each, name));
  return members.filter((each) => each !== undefined);
}

function overridden(owner: ts.Node, name: string, checker: ts.TypeChecker): readonly ts.Symbol[] {
  if (!ts.isClassLike(owner) && !ts.isInterfaceDeclaration(owner)) return [];
  const clauses = owner.heritageClauses?.flatMap(({ types }) => [...types]) ?? [];
  return clauses.flatMap((type) => memberOf(checker.getTypeAtLocation(type), name, checker));
}

import { relative, sep } from "node:path";
import { ts } from "ts-morph";
import { type Annotation, type PositionId, positionIdOf, type Site, type TypePosition } from "../../graph/graph.ts";
import { isGenerated } from "../project/generated.ts";
import { isTestFile } from "../project/test-files.ts";
import type { NamedDeclaration } from "../reading/uses.ts";
import type { Occurrences } from "../tagging/occurrences.ts";
import type { Tag } from "../tagging/tag.ts";
import { type PositionPath, positionPath } from "./position-path.ts";

/** A position and the syntax behind it, which only the front end sees. */
export interface PositionEntry {
  readonly position: TypePosition;
  readonly node: ts.Node;
  /** The declarations it belongs to: what the rest of the project reaches it by. */
  readonly names: readonly NamedDeclaration[];
}

/** All positions met so far, each made on first sight. */
export interface Positions {
  readonly entries: ReadonlyMap<PositionId, PositionEntry>;
  written(tag: Tag): PositionId;
  writtenAt(occurrence: ts.Node): PositionId;
  inferred(declaration: ts.Node, path: string): PositionId;
  creation(value: ts.Node): PositionId;
  external(use: ts.Node, name: string): PositionId;
  /** A use for a type parameter of a function of the project, which takes any type. */
  open(use: ts.Node, name: string): PositionId;
  siteOf(node: ts.Node): Site;
  /** The name of a file in the report. */
  fileOf(file: ts.SourceFile): string;
  isTest(file: ts.SourceFile): boolean;
}

/** `root` is what ids are relative to, `workingDirectory` what sites are relative to; both absolute. */
export interface Places {
  readonly root: string;
  readonly workingDirectory: string;
}

/** Why what is written here stays plain, whatever comes to it; undefined where it may be branded. */
export type KeptPlain = (node: ts.Node) => Pick<TypePosition, "beyond" | "primitive"> | undefined;

/**
 * Names positions as they are asked for. The written ones of a file come before all others of it and in source order,
 * so that an id does not depend on what was asked. `keptPlain` says of what is written at a node why it cannot be edited.
 */
export function createPositions(places: Places, occurrences: Occurrences, keptPlain: KeptPlain): Positions {
  const entries = new Map<PositionId, PositionEntry>();
  const known = new Map<ts.Node, Map<string, PositionId>>();
  const named = new Set<ts.SourceFile>();
  const ordinals = new Map<string, number>();
  const tests = new Map<ts.SourceFile, boolean>();
  const isTest = (file: ts.SourceFile): boolean => {
    const test = tests.get(file) ?? isTestFile(file, slashed(relative(places.root, file.fileName)));
    tests.set(file, test);
    return test;
  };

  const put = (node: ts.Node, key: string, annotation: Annotation, path: PositionPath): PositionId => {
    const file = slashed(relative(places.root, node.getSourceFile().fileName));
    const id = unique(annotation === "external" ? path.text : `${file} ${path.text}`, ordinals);
    const { kind, owner, names } = path;
    const test = isTest(node.getSourceFile());
    const lent = path.text.includes(".(") && (kind === "element" || kind === "type-argument" || kind === "tuple-slot");
    const site = siteIn(places.workingDirectory, node);
    const generated = isGenerated(node.getSourceFile());
    const isEditable = annotation !== "external" && kind !== "creation";
    const kept = isEditable ? keptPlain(node) : undefined;
    const closed = annotation === "inferred" && key === "" && isClosed(node) ? { closed: true } : {};
    const open = key === "open" ? { open: true } : {};
    const flags = { test, generated, lent, ...closed, ...open, ...kept };
    const position = {
      id,
      kind,
      annotation: kept === undefined ? annotation : "external",
      site,
      owner,
      ...flags,
    } as const;
    entries.set(id, { position, node, names });
    known.set(node, (known.get(node) ?? new Map<string, PositionId>()).set(key, id));
    return id;
  };
  const nameWritten = (file: ts.SourceFile): void => {
    if (named.has(file)) return;
    named.add(file);
    for (const node of occurrences.within(file)) put(node, "", "written", positionPath(node));
  };
  const add = (node: ts.Node, key: string, annotation: Annotation, path: () => PositionPath): PositionId => {
    nameWritten(node.getSourceFile());
    return known.get(node)?.get(key) ?? put(node, key, annotation, path());
  };

  const writtenAt = (node: ts.Node) => add(node, "", "written", () => positionPath(node));
  const inferred = (declaration: ts.Node, path: string) =>
    add(declaration, path, "inferred", () => positionPath(declaration, path));
  return {
    entries,
    siteOf: (node) => siteIn(places.workingDirectory, node),
    fileOf: (file) => fileIn(places.workingDirectory, file),
    isTest,
    written: (tag) => {
      const place = occurrences.spelledOut(tag);
      if (place !== undefined) return inferred(place.declaration, place.path);
      const node = occurrences.tagged(tag);
      return node === undefined ? positionIdOf(tag) : writtenAt(node);
    },
    writtenAt,
    inferred,
    creation: (value) => add(value, "creation", "inferred", () => creationPath(value)),
    external: (use, name) => add(use, "external", "external", () => externalPath(name)),
    open: (use, name) => add(use, "open", "external", () => ({ ...externalPath(name), text: `(generic) ${name}` })),
  };
}

// `let { id } = row` and `for (let id of ids)` leave no room for a type.
function isClosed(node: ts.Node): boolean {
  if (ts.isBindingElement(node)) return true;
  return ts.isVariableDeclaration(node) && ts.isForOfStatement(node.parent.parent);
}

function externalPath(name: string): PositionPath {
  return { text: `(external) ${name}`, owner: undefined, kind: "parameter", names: [] };
}

function creationPath(value: ts.Node): PositionPath {
  const path = positionPath(value);
  const text = path.text.startsWith("/") || path.text === "" ? path.text : `${path.text}/`;
  return { ...path, text: `${text}${creationWord(value)}`, kind: "creation", names: [] };
}

function creationWord(value: ts.Node): string {
  if (ts.isNewExpression(value)) return `new ${value.expression.getText()}`;
  if (ts.isCallExpression(value)) return `${value.expression.getText().slice(-30)}()`;
  if (ts.isObjectLiteralExpression(value)) return "{…}";
  if (ts.isLiteralExpression(value) || ts.isTemplateExpression(value)) return "literal";
  return "value";
}

function unique(name: string, ordinals: Map<string, number>): PositionId {
  const ordinal = (ordinals.get(name) ?? 0) + 1;
  ordinals.set(name, ordinal);
  return positionIdOf(ordinal === 1 ? name : `${name}~${ordinal}`);
}

function siteIn(workingDirectory: string, node: ts.Node): Site {
  const file = node.getSourceFile();
  const start = node.getStart(file);
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return {
    file: fileIn(workingDirectory, file),
    line: line + 1,
    column: character + 1,
    start,
    end: node.getEnd(),
  };
}

function fileIn(workingDirectory: string, file: ts.SourceFile): string {
  return slashed(relative(workingDirectory, file.fileName));
}

function slashed(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

import { relative, sep } from "node:path";
import { ts } from "ts-morph";
import { type Annotation, type PositionId, positionIdOf, type Site, type TypePosition } from "../graph.ts";
import type { OccurrenceNode } from "./occurrences.ts";
import { type PositionPath, positionPath } from "./position-path.ts";
import type { Tag } from "./tag.ts";
import { isTestFile } from "./test-files.ts";

/** A position and the syntax behind it, which only the front end sees. */
export interface PositionEntry {
  readonly position: TypePosition;
  readonly node: ts.Node;
  /** The names by which other files can reach it. */
  readonly names: readonly string[];
}

/** All positions met so far, each made on first sight. */
export interface Positions {
  readonly entries: ReadonlyMap<PositionId, PositionEntry>;
  written(tag: Tag): PositionId;
  inferred(declaration: ts.Node, path: string): PositionId;
  creation(value: ts.Expression): PositionId;
  external(use: ts.Node, name: string): PositionId;
  siteOf(node: ts.Node): Site;
}

/** `root` is what ids are relative to, `workingDirectory` what sites are relative to; both absolute. */
export interface Places {
  readonly root: string;
  readonly workingDirectory: string;
}

/** Starts with the written occurrences, named in source order so that their ids do not depend on what is asked later. */
export function createPositions(places: Places, occurrences: ReadonlyMap<Tag, OccurrenceNode>): Positions {
  const entries = new Map<PositionId, PositionEntry>();
  const known = new Map<ts.Node, Map<string, PositionId>>();
  const siteOf = (node: ts.Node) => siteIn(places.workingDirectory, node);

  const add = (node: ts.Node, key: string, annotation: Annotation, path: PositionPath): PositionId => {
    const before = known.get(node)?.get(key);
    if (before !== undefined) return before;

    const file = slashed(relative(places.root, node.getSourceFile().fileName));
    const id = unique(annotation === "external" ? path.text : `${file} ${path.text}`, entries);
    const { kind, owner, names } = path;
    const test = isTestFile(file);
    const lent = path.text.includes(".(") && (kind === "element" || kind === "type-argument" || kind === "tuple-slot");
    entries.set(id, { position: { id, kind, annotation, site: siteOf(node), owner, test, lent }, node, names });
    known.set(node, (known.get(node) ?? new Map<string, PositionId>()).set(key, id));
    return id;
  };

  const written = new Map<Tag, PositionId>();
  for (const [tag, node] of occurrences) written.set(tag, add(node, "", "written", positionPath(node)));

  return {
    entries,
    siteOf,
    written: (tag) => written.get(tag) ?? positionIdOf(tag),
    inferred: (declaration, path) => add(declaration, path, "inferred", positionPath(declaration, path)),
    creation: (value) => add(value, "creation", "inferred", creationPath(value)),
    external: (use, name) =>
      add(use, "external", "external", {
        text: `(external) ${name}`,
        owner: undefined,
        kind: "parameter",
        names: [],
      }),
  };
}

function creationPath(value: ts.Expression): PositionPath {
  const path = positionPath(value);
  const text = path.text.startsWith("/") || path.text === "" ? path.text : `${path.text}/`;
  return { ...path, text: `${text}${creationWord(value)}`, kind: "creation", names: [] };
}

function creationWord(value: ts.Expression): string {
  if (ts.isNewExpression(value)) return `new ${value.expression.getText()}`;
  if (ts.isCallExpression(value)) return `${value.expression.getText().slice(-30)}()`;
  if (ts.isObjectLiteralExpression(value)) return "{…}";
  if (ts.isLiteralExpression(value) || ts.isTemplateExpression(value)) return "literal";
  return "value";
}

function unique(name: string, entries: ReadonlyMap<PositionId, PositionEntry>): PositionId {
  let id = positionIdOf(name);
  for (let ordinal = 2; entries.has(id); ordinal++) id = positionIdOf(`${name}~${ordinal}`);
  return id;
}

function siteIn(workingDirectory: string, node: ts.Node): Site {
  const file = node.getSourceFile();
  const start = node.getStart(file);
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return {
    file: slashed(relative(workingDirectory, file.fileName)),
    line: line + 1,
    column: character + 1,
    start,
    end: node.getEnd(),
  };
}

function slashed(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

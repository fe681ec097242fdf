import { dirname, join, relative } from "node:path";
import { ts } from "ts-morph";
import type { Collected } from "../typescript/front-end.ts";
import { type Insertion, insertInto } from "./insertions.ts";
import type { Point, PointTable } from "./point.ts";
import { parameters, variables } from "./rules/bindings.ts";
import { assertions, calls } from "./rules/calls.ts";
import { comparisons, stores } from "./rules/containers.ts";
import { assignments, literals, reads } from "./rules/members.ts";
import { returns } from "./rules/returns.ts";
import type { Rule } from "./sheet.ts";

/** A program that says at run time where the followed values are. */
export interface Instrumented {
  /** The new text of every file, by its name in the report. */
  readonly texts: ReadonlyMap<string, string>;
  readonly table: PointTable;
}

// The first puts its text outside.
const rules: readonly Rule[] = [
  parameters,
  returns,
  variables,
  assignments,
  literals,
  stores,
  comparisons,
  calls,
  assertions,
  reads,
];

/**
 * Rewrites every file so that each value that arrives where a type holds the base is reported to the recorder. `folder`
 * is what the names of files are relative to; it and the recorder's file are absolute.
 */
export function instrument({ context, question, files }: Collected, folder: string, recorder: string): Instrumented {
  const points: Point[] = [];
  const shared = {
    context,
    points,
    producers: new Set(question.producers),
    releases: question.releases,
  };
  const texts = new Map<string, string>();
  for (const file of files) {
    const name = context.positions.fileOf(file);
    const insertions: Insertion[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
      for (const rule of rules) rule(node, { ...shared, insertions });
      ts.forEachChild(node, visit);
    };
    visit(file);
    const text = insertInto(file.text, insertions);
    texts.set(name, insertions.length === 0 ? text : `${importOf(join(folder, name), recorder)}${text}`);
  }
  const { checker, type } = context.test;
  const members = checker.getPropertiesOfType(type).filter(({ flags }) => (flags & ts.SymbolFlags.Optional) === 0);
  return { texts, table: { points, members: members.map(({ name }) => name) } };
}

// On the first line, so that lines stay what they are.
function importOf(file: string, recorder: string): string {
  const path = relative(dirname(file), recorder).replaceAll("\\", "/");
  return `import * as __o from "${path.startsWith(".") ? path : `./${path}`}"; `;
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import ts from "typescript-6";
import { applyChanges, byFile, type Edit, type TextChange } from "../src/engine/edit.ts";
import { blamed } from "./loop/blame.ts";
import { importOf, type Names, rewriteDeclaration } from "./loop/rewrite.ts";
import { lineOf, programOf } from "./programs.ts";
import type { LoopOutcome } from "./speed/contestants.ts";

const { values } = parseArgs({
  options: {
    project: { type: "string", short: "p", default: "." },
    /** A JSON file with the edits that pose the question: the brand's declaration and the producers' own. */
    start: { type: "string", default: "start.json" },
    base: { type: "string", default: "" },
    brand: { type: "string", default: "" },
    seconds: { type: "string", default: "600" },
  },
});
const [file = "", base = ""] = values.base.split("#");
const names: Names = { file: join(values.project, file), base, brand: values.brand };
console.log(JSON.stringify(loop()));

/** The project as the loop has changed it so far: file to text. */
type Changed = Map<string, string>;

/**
 * Changes the type, compiles, changes the declaration behind each complaint, and again until the compiler is silent.
 * Each round compiles the whole project anew, as calling tsc does; that one process does it all is in the loop's favour.
 */
function loop(): LoopOutcome {
  const before = new Set(programOf(values.project).getSemanticDiagnostics().map(lineOf));
  const changed = start();
  const deadline = performance.now() + Number(values.seconds) * 1000;
  let edits = 0;
  for (let rounds = 1; ; rounds++) {
    const program = programOf(values.project, changed);
    const complaints = program.getSemanticDiagnostics().filter((each) => !before.has(lineOf(each)));
    const end = (how: LoopOutcome["end"]) => ({ rounds, edits, errors: complaints.length, end: how });
    if (complaints.length === 0) return end("green");
    if (performance.now() > deadline) return end("out of time");
    const made = changeBlamed(program.getTypeChecker(), complaints, changed);
    if (made === 0) return end("stuck");
    edits += made;
  }
}

function start(): Changed {
  const edits = JSON.parse(readFileSync(values.start, "utf8")) as readonly Edit[];
  const texts = [...byFile(edits)].map(([name, changes]) => {
    const path = join(values.project, name);
    return [path, applyChanges(readFileSync(path, "utf8"), changes)] as const;
  });
  return new Map(texts);
}

function changeBlamed(checker: ts.TypeChecker, complaints: readonly ts.Diagnostic[], changed: Changed): number {
  const changes = new Map<ts.SourceFile, Map<number, TextChange>>();
  for (const complaint of complaints) {
    const node = nodeOf(complaint);
    if (node === undefined) continue;
    for (const declaration of blamed(node, checker)) {
      const made = rewriteDeclaration(declaration, names, checker);
      const file = declaration.getSourceFile();
      const known = changes.get(file) ?? new Map<number, TextChange>();
      changes.set(file, known);
      for (const change of made) known.set(change.start, change);
      // One declaration a complaint: the next round says whether it was enough.
      if (made.length > 0) break;
    }
  }
  const written = [...changes].filter(([, made]) => made.size > 0);
  for (const [source, made] of written) {
    changed.set(source.fileName, applyChanges(source.text, [...importOf(source, names), ...made.values()]));
  }
  return written.reduce((total, [, made]) => total + made.size, 0);
}

// The whole node, or the one that begins there: of a return statement the compiler marks the keyword alone.
function nodeOf({ file, start, length }: ts.Diagnostic): ts.Node | undefined {
  if (file === undefined || start === undefined || length === undefined) return undefined;
  const end = start + length;
  const visit = (node: ts.Node): ts.Node | undefined => {
    if (start < node.pos || node.end < end) return undefined;
    const inner = ts.forEachChild(node, visit);
    return inner ?? (node.getStart(file) === start ? node : undefined);
  };
  return visit(file);
}

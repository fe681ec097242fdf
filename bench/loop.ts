import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import ts from "typescript-6";
import { applyChanges, byFile, type Edit, type TextChange } from "../src/engine/edit.ts";
import { blamed } from "./loop/blame.ts";
import { type Compilation, openCompilation } from "./loop/compile.ts";
import { importOf, type Names, rewriteDeclaration } from "./loop/rewrite.ts";
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

/** Changes the type, asks the compiler, changes the declaration behind each complaint, and again until it is silent. */
function loop(): LoopOutcome {
  const compilation = openCompilation(values.project);
  const before = new Set(compilation.complaints().map(textOf));
  applyStart(compilation);
  const deadline = performance.now() + Number(values.seconds) * 1000;
  let edits = 0;
  for (let rounds = 1; ; rounds++) {
    const complaints = compilation.complaints().filter((each) => !before.has(textOf(each)));
    const end = (how: LoopOutcome["end"]) => ({ rounds, edits, errors: complaints.length, end: how });
    if (complaints.length === 0) return end("green");
    if (performance.now() > deadline) return end("out of time");
    const made = changeBlamed(compilation, complaints);
    if (made === 0) return end("stuck");
    edits += made;
  }
}

function textOf({ file, code, messageText }: ts.Diagnostic): string {
  return `${file?.fileName} ${code} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
}

function applyStart(compilation: Compilation): void {
  const edits = JSON.parse(readFileSync(values.start, "utf8")) as readonly Edit[];
  for (const [name, changes] of byFile(edits)) {
    const path = join(values.project, name);
    compilation.change(path, applyChanges(compilation.textOf(path), changes));
  }
}

function changeBlamed(compilation: Compilation, complaints: readonly ts.Diagnostic[]): number {
  const checker = compilation.program().getTypeChecker();
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
    compilation.change(source.fileName, applyChanges(source.text, [...importOf(source, names), ...made.values()]));
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

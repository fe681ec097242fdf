import { ts } from "ts-morph";
import type { TextChange } from "../../../edit.ts";
import { insertion } from "../brand/coined.ts";
import { endOf } from "../end-of-statement.ts";
import { writingOf } from "../writing.ts";
import { modulePath, type PathHabits } from "./module-path.ts";
import type { NeededName } from "./routes.ts";
import { topOf } from "./top-of-file.ts";

/** New import declarations: in the place of one that goes, after the file's last one or at its top. */
export function newImports(
  file: ts.SourceFile,
  needed: readonly NeededName[],
  habits: PathHabits,
  freed?: TextChange,
): TextChange {
  const { quote, end: semicolon } = writingOf(file);
  const modules = [...new Set(needed.map(({ declaredIn }) => declaredIn))];
  const lines = modules.map((module) => {
    const names = needed.filter(({ declaredIn }) => declaredIn === module);
    const path = `${quote}${modulePath(file, module, habits)}${quote}`;
    return `import ${clauseOf(file, names, habits.options)} from ${path}${semicolon}`;
  });
  if (freed !== undefined) {
    const lineEnd = file.text.slice(freed.start, freed.end).endsWith("\n") ? "\n" : "";
    return { ...freed, text: `${lines.join("\n")}${lineEnd}` };
  }
  const last = file.statements.findLast(isImport);
  if (last !== undefined) return insertion(endOf(last), `\n${lines.join("\n")}`);
  const start = topOf(file);
  const lead = start > 0 && file.text[start - 1] !== "\n" ? "\n" : "";
  return { start, end: start, text: `${lead}${lines.join("\n")}\n${file.statements.length > 0 ? "\n" : ""}` };
}

function isImport(statement: ts.Statement): boolean {
  return ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement);
}

// `import type` is what every configuration accepts; `{ type X }` only where the file writes that already.
function clauseOf(file: ts.SourceFile, needed: readonly NeededName[], options: ts.CompilerOptions): string {
  const areTypes = needed.every(({ isType }) => isType);
  const saysInline =
    /\bimport\s+(?:\w+\s*,\s*)?\{[^}]*\btype\s/.test(file.text) && !/\bimport\s+type\b/.test(file.text);
  const isInline = !areTypes || (saysInline && options.verbatimModuleSyntax !== true);
  const names = needed.map(({ name, isType }) => (isType && isInline ? `type ${name}` : name));
  return `${isInline ? "" : "type "}{ ${names.join(", ")} }`;
}

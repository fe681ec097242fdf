// The compilers that are written in TypeScript, 4.x to 6.x. JavaScript, as all that a child process runs: it is the same
// file in the source tree and in the built package.

import { isNewAfter, keyOf, varied, withoutRepeats } from "./complaints.mjs";
import { closestFirst } from "./dependents.mjs";
import { openProject, programWith } from "./programs.mjs";

/** @import { ts } from "ts-morph" */
/** @import { Compiler, Opened } from "./programs.mjs" */
/** @import { Complaint, JudgeAnswer, JudgeQuestion, Variation } from "./protocol.ts" */

/**
 * Checks the edited project in full, and of the project as it is only the files that have complaints now.
 * @param {Compiler} compiler
 * @param {JudgeQuestion} question
 * @returns {JudgeAnswer}
 */
export function judge(compiler, { project, variations }) {
  const texts = new Map(project.overlay);
  const opened = project.configFiles.map((file) => openProject(compiler, file, texts));
  const after = withoutRepeats(opened.flatMap(({ program }) => complaintsOf(compiler, program, () => true)));
  const known = new Set(after.map(keyOf));
  const noticed = variations.map((variation) => firstNew(compiler, opened, texts, known, variation));
  return { after, before: complaintsBefore(compiler, opened, after), noticed };
}

/**
 * @param {Compiler} compiler
 * @param {readonly Opened[]} opened
 * @param {readonly Complaint[]} after
 * @returns {readonly Complaint[]}
 */
function complaintsBefore(compiler, opened, after) {
  if (after.length === 0) return [];
  const complaining = new Set(after.map(({ file }) => file));
  // A complaint about a missing global comes with whichever file asks for it first.
  const isGlobal = opened.some(({ program }) => program.getGlobalDiagnostics().length > 0);
  const isIn = (/** @type {string} */ file) => isGlobal || complaining.has(file);
  const originals = opened.map((each) => programWith(compiler, each, new Map()));
  return withoutRepeats(originals.flatMap((program) => complaintsOf(compiler, program, isIn)));
}

/**
 * The changed file is asked first, then those nearest to it: one complaint is enough.
 * @param {Compiler} compiler
 * @param {readonly Opened[]} opened
 * @param {ReadonlyMap<string, string>} texts
 * @param {ReadonlySet<string>} known
 * @param {Variation} variation
 * @returns {Complaint | null}
 */
function firstNew(compiler, opened, texts, known, variation) {
  const text = texts.get(variation.path) ?? textOnDisk(opened, variation.path);
  const isNew = isNewAfter(known, variation, text);
  const after = new Map(texts).set(variation.path, varied(text, variation.changes));
  for (const each of opened) {
    const found = firstComplaint(compiler, each, variation, after, isNew);
    if (found !== undefined) return found;
  }
  return null;
}

/**
 * @param {readonly Opened[]} opened
 * @param {string} path
 */
function textOnDisk(opened, path) {
  return opened.map(({ program }) => program.getSourceFile(path)?.text).find((text) => text !== undefined) ?? "";
}

/**
 * @param {Compiler} compiler
 * @param {Opened} edited
 * @param {Variation} variation
 * @param {ReadonlyMap<string, string>} texts
 * @param {(complaint: Complaint) => boolean} isNew
 */
function firstComplaint(compiler, edited, { path, isLocal }, texts, isNew) {
  const changed = edited.program.getSourceFile(path);
  if (changed === undefined) return undefined;
  const program = programWith(compiler, edited, texts);
  for (const fileName of isLocal ? [path] : closestFirst(edited.program, changed)) {
    const file = program.getSourceFile(fileName);
    if (file === undefined || !isJudged(program, file)) continue;
    const found = inFile(compiler, program, file).find(isNew);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * What the compiler has to say of the options (whose file is ""), and of the wanted files.
 * @param {Compiler} compiler
 * @param {ts.Program} program
 * @param {(file: string) => boolean} isWanted
 * @returns {readonly Complaint[]}
 */
function complaintsOf(compiler, program, isWanted) {
  const files = program.getSourceFiles().filter((file) => isJudged(program, file) && isWanted(file.fileName));
  const found = files.flatMap((file) => [
    ...inFile(compiler, program, file),
    ...errors(compiler, declarationDiagnostics(program, file)),
  ]);
  if (!isWanted("")) return found;
  // The last, since the global ones are complete only when all files have been checked.
  const general = [
    ...program.getConfigFileParsingDiagnostics(),
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
  ];
  return [...found, ...errors(compiler, general).map((complaint) => ({ ...complaint, file: "", start: 0, line: 0 }))];
}

/**
 * Not what comes from packages, nor from the compiler itself: no edit changes what is said of those.
 * @param {ts.Program} program
 * @param {ts.SourceFile} file
 */
function isJudged(program, file) {
  if (file.fileName.includes("/node_modules/") || file.fileName.endsWith(".json")) return false;
  return !program.isSourceFileDefaultLibrary(file) && !program.isSourceFileFromExternalLibrary(file);
}

/**
 * @param {Compiler} compiler
 * @param {ts.Program} program
 * @param {ts.SourceFile} file
 */
function inFile(compiler, program, file) {
  return errors(compiler, [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]);
}

/**
 * A brand that an inferred export cannot name is an error of the declarations alone.
 * @param {ts.Program} program
 * @param {ts.SourceFile} file
 */
function declarationDiagnostics(program, file) {
  const { declaration, composite } = program.getCompilerOptions();
  const isEmitted = (declaration === true || composite === true) && !file.isDeclarationFile;
  return isEmitted ? program.getDeclarationDiagnostics(file) : [];
}

/**
 * @param {Compiler} compiler
 * @param {readonly ts.Diagnostic[]} diagnostics
 * @returns {readonly Complaint[]}
 */
function errors({ ts }, diagnostics) {
  return diagnostics
    .filter(({ category }) => category === ts.DiagnosticCategory.Error)
    .map(({ file, start = 0, code, messageText }) => ({
      file: file?.fileName ?? "",
      start,
      line: file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1,
      code,
      message: ts.flattenDiagnosticMessageText(messageText, "\n"),
    }));
}

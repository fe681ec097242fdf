// The compilers that are written in TypeScript, 4.x to 6.x. JavaScript, as all that a child process runs: it is the same
// file in the source tree and in the built package.

import { isNewAfter, keyOf, undone, withoutRepeats } from "./complaints.mjs";
import { closestFirst } from "./dependents.mjs";
import { openProject, programWith } from "./programs.mjs";

/** @import { ts } from "ts-morph" */
/** @import { Compiler, Opened } from "./programs.mjs" */
/** @import { Complaint, JudgeAnswer, JudgeQuestion, Undo } from "./protocol.ts" */

/**
 * Checks the edited project in full, and of the project as it is only the files that have complaints now.
 * @param {Compiler} compiler
 * @param {JudgeQuestion} question
 * @returns {JudgeAnswer}
 */
export function judge(compiler, { project, undos }) {
  const texts = new Map(project.overlay);
  const opened = project.configFiles.map((file) => openProject(compiler, file, texts));
  const after = withoutRepeats(opened.flatMap(({ program }) => complaintsOf(compiler, program, () => true)));
  const known = new Set(after.map(keyOf));
  const unnoticed = undos.flatMap((undo, index) => (isNoticed(compiler, opened, texts, known, undo) ? [] : [index]));
  return { after, before: complaintsBefore(compiler, opened, after), unnoticed };
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
 * @param {Undo} undo
 */
function isNoticed(compiler, opened, texts, known, undo) {
  const text = texts.get(undo.path) ?? "";
  const isNew = isNewAfter(known, undo, text);
  const varied = new Map(texts).set(undo.path, undone(text, undo));
  return opened.some((each) => complainsIn(compiler, each, undo.path, varied, isNew));
}

/**
 * @param {Compiler} compiler
 * @param {Opened} edited
 * @param {string} path
 * @param {ReadonlyMap<string, string>} varied
 * @param {(complaint: Complaint) => boolean} isNew
 */
function complainsIn(compiler, edited, path, varied, isNew) {
  const changed = edited.program.getSourceFile(path);
  if (changed === undefined) return false;
  const program = programWith(compiler, edited, varied);
  return closestFirst(edited.program, changed).some((fileName) => {
    const file = program.getSourceFile(fileName);
    return file !== undefined && isJudged(program, file) && inFile(compiler, program, file).some(isNew);
  });
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

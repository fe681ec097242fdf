// The native compiler, 7.x, through the interface that its package calls unstable: the only one that takes texts which
// are not on disk. It never emits.

import { isNewAfter, keyOf, lineAt, varied, withoutRepeats } from "./complaints.mjs";
import { openSession } from "./native-session.mjs";

/** @import { NativeDiagnostic, NativeInterface, NativeProgram, Session } from "./native-session.mjs" */
/** @import { Complaint, EditedProject, JudgeAnswer, JudgeQuestion, Variation } from "./protocol.ts" */

/**
 * Checks the edited project in full, and of the project as it is only the files that have complaints now.
 * @param {NativeInterface} API
 * @param {JudgeQuestion} question
 * @returns {JudgeAnswer}
 */
export function judge(API, { project, variations }) {
  const session = openSession(API, project);
  const after = withoutRepeats(session.programs().flatMap((program) => complaintsOf(session, program)));
  const known = new Set(after.map(keyOf));
  const noticed = variations.map((variation) => firstNew(session, known, variation));
  const before = complaintsBefore(session, project, after);
  session.close();
  return { after, before, noticed };
}

/**
 * @param {Session} session
 * @param {EditedProject} project
 * @param {readonly Complaint[]} after
 */
function complaintsBefore(session, { overlay }, after) {
  if (after.length === 0) return [];
  for (const [path] of overlay) session.setText(path, undefined);
  const complaining = [...new Set(after.map(({ file }) => file))];
  const complaintsAbout = (/** @type {NativeProgram} */ program) => (/** @type {string} */ file) =>
    file === "" ? general(session, program) : inFile(session, program, file);
  return withoutRepeats(session.programs().flatMap((program) => complaining.flatMap(complaintsAbout(program))));
}

/**
 * The changed file is asked first, then all.
 * @param {Session} session
 * @param {ReadonlySet<string>} known
 * @param {Variation} variation
 * @returns {Complaint | null}
 */
function firstNew(session, known, variation) {
  const { path, changes, isLocal } = variation;
  const text = session.textOf(path);
  const isNew = isNewAfter(known, variation, text);
  session.setText(path, varied(text, changes));
  const programs = session.programs();
  const inIt = () => programs.flatMap((program) => inFile(session, program, path)).find(isNew);
  const elsewhere = () =>
    programs.flatMap((program) => errors(session, program.getSemanticDiagnostics().filter(isJudged))).find(isNew);
  const found = inIt() ?? (isLocal ? undefined : elsewhere());
  session.setText(path, text);
  return found ?? null;
}

/**
 * @param {Session} session
 * @param {NativeProgram} program
 * @returns {readonly Complaint[]}
 */
function complaintsOf(session, program) {
  const found = [program.getSyntacticDiagnostics(), program.getSemanticDiagnostics(), declarations(program)];
  return [...errors(session, found.flat().filter(isJudged)), ...general(session, program)];
}

/**
 * @param {Session} session
 * @param {NativeProgram} program
 * @param {string} file
 */
function inFile(session, program, file) {
  if (!program.getSourceFileNames().includes(file)) return [];
  const found = [
    program.getSyntacticDiagnostics(file),
    program.getSemanticDiagnostics(file),
    declarations(program, file),
  ];
  return errors(session, found.flat());
}

/**
 * @param {NativeProgram} program
 * @param {string} [file]
 */
function declarations(program, file) {
  const { declaration, composite } = program.getCompilerOptions();
  return declaration === true || composite === true ? program.getDeclarationDiagnostics(file) : [];
}

/**
 * @param {Session} session
 * @param {NativeProgram} program
 */
function general(session, program) {
  const found = [
    program.getConfigFileParsingDiagnostics(),
    program.getProgramDiagnostics(),
    program.getGlobalDiagnostics(),
  ];
  return errors(session, found.flat()).map((complaint) => ({ ...complaint, file: "", start: 0, line: 0 }));
}

/**
 * Not what comes from packages, nor from the compiler itself: no edit changes what is said of those.
 * @param {NativeDiagnostic} diagnostic
 */
function isJudged({ fileName = "" }) {
  return !fileName.includes("/node_modules/") && !fileName.startsWith("bundled:");
}

const errorCategory = 1;

/**
 * @param {Session} session
 * @param {readonly NativeDiagnostic[]} diagnostics
 * @returns {readonly Complaint[]}
 */
function errors({ textOf }, diagnostics) {
  return diagnostics
    .filter(({ category }) => category === errorCategory)
    .map(({ fileName = "", pos, code, ...words }) => ({
      file: fileName,
      start: pos,
      line: fileName === "" ? 0 : lineAt(textOf(fileName), pos),
      code,
      message: flattened(words, 0),
    }));
}

/**
 * @param {Pick<NativeDiagnostic, "text" | "messageChain">} diagnostic
 * @param {number} depth
 * @returns {string}
 */
function flattened({ text, messageChain = [] }, depth) {
  return [`${"  ".repeat(depth)}${text}`, ...messageChain.map((next) => flattened(next, depth + 1))].join("\n");
}

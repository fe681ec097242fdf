import { readFileSync } from "node:fs";

/** @import { EditedProject } from "./protocol.ts" */

/**
 * As much of the interface as is used here.
 * @typedef {object} NativeDiagnostic
 * @property {string} [fileName]
 * @property {number} pos
 * @property {number} code
 * @property {number} category
 * @property {string} text
 * @property {readonly NativeDiagnostic[]} [messageChain]
 */
/** @typedef {(file?: string) => readonly NativeDiagnostic[]} Ask */
/**
 * @typedef {object} NativeProgram
 * @property {() => Record<string, unknown>} getCompilerOptions
 * @property {() => readonly string[]} getSourceFileNames
 * @property {Ask} getSyntacticDiagnostics
 * @property {Ask} getSemanticDiagnostics
 * @property {Ask} getDeclarationDiagnostics
 * @property {Ask} getProgramDiagnostics
 * @property {Ask} getGlobalDiagnostics
 * @property {Ask} getConfigFileParsingDiagnostics
 */
/** @typedef {{ getProject(configFile: string): { readonly program: NativeProgram } | undefined, dispose(): void }} Snapshot */
/** @typedef {{ updateSnapshot(changes: object): Snapshot, close(): void }} Native */
/** @typedef {new (options: { readonly cwd: string, readonly fs: { readonly readFile: (path: string) => string | undefined } }) => Native} NativeInterface */

/**
 * @typedef {object} Session
 * @property {() => readonly NativeProgram[]} programs of the texts as they are now
 * @property {(path: string, text: string | undefined) => void} setText undefined: as on disk
 * @property {(path: string) => string} textOf
 * @property {() => void} close
 */

/**
 * Opens a project in the native compiler, to be closed again: it is a process.
 * @param {NativeInterface} API
 * @param {EditedProject} project
 * @returns {Session}
 */
export function openSession(API, { configFiles, overlay }) {
  const texts = new Map(overlay);
  const native = new API({ cwd: process.cwd(), fs: { readFile: (path) => texts.get(path) } });
  let current = native.updateSnapshot({ openProjects: configFiles });
  /** @type {Set<string>} */
  const changed = new Set();
  return {
    programs: () => {
      if (changed.size > 0) {
        const next = native.updateSnapshot({ fileChanges: { changed: [...changed] } });
        current.dispose();
        current = next;
        changed.clear();
      }
      return configFiles.map((file) => programOf(current, file));
    },
    setText: (path, text) => {
      changed.add(path);
      if (text === undefined) texts.delete(path);
      else texts.set(path, text);
    },
    textOf: (path) => texts.get(path) ?? readFileSync(path, "utf8").replace(/^\uFEFF/, ""),
    close: () => native.close(),
  };
}

/**
 * @param {Snapshot} snapshot
 * @param {string} configFile
 */
function programOf(snapshot, configFile) {
  const project = snapshot.getProject(configFile);
  if (project === undefined) throw new Error(`it does not open ${configFile}`);
  return project.program;
}

/** @import { ts } from "ts-morph" */

/**
 * A compiler of the classic kind: its interface, the host that reads for it, and what it makes of a project's options.
 * @typedef {object} Compiler
 * @property {typeof import("ts-morph").ts} ts
 * @property {(options: ts.CompilerOptions) => ts.CompilerHost} hostOf
 * @property {(options: ts.CompilerOptions) => ts.CompilerOptions} settle
 */

/**
 * A project that was parsed once, to be varied.
 * @typedef {object} Opened
 * @property {ts.Program} program
 * @property {ts.ParsedCommandLine} parsed
 * @property {Trees} trees
 */

/** @typedef {{ readonly onDisk: Map<string, ts.SourceFile>, readonly edited: Map<string, ts.SourceFile> }} Trees */

/**
 * A project with some texts in place of those on disk.
 * @param {Compiler} compiler
 * @param {string} configFile
 * @param {ReadonlyMap<string, string>} texts
 * @returns {Opened}
 */
export function openProject(compiler, configFile, texts) {
  const parsed = parse(compiler, configFile);
  const trees = { onDisk: new Map(), edited: new Map() };
  return { program: create(compiler, parsed, trees, texts), parsed, trees };
}

/**
 * The same project with other texts; what is parsed already is not parsed again.
 * @param {Compiler} compiler
 * @param {Opened} opened
 * @param {ReadonlyMap<string, string>} texts
 */
export function programWith(compiler, { program, parsed, trees }, texts) {
  return create(compiler, parsed, trees, texts, program);
}

/**
 * @param {Compiler} compiler
 * @param {string} configFile
 */
function parse({ ts, settle }, configFile) {
  const parsed = ts.getParsedCommandLineOfConfigFile(configFile, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, " "));
    },
  });
  if (parsed === undefined) throw new Error(`${configFile} cannot be read as a tsconfig`);
  return { ...parsed, options: settle(parsed.options) };
}

/**
 * @param {Compiler} compiler
 * @param {ts.ParsedCommandLine} parsed
 * @param {Trees} trees
 * @param {ReadonlyMap<string, string>} texts
 * @param {ts.Program} [oldProgram]
 */
function create(compiler, { fileNames, options, projectReferences, errors }, trees, texts, oldProgram) {
  return compiler.ts.createProgram({
    rootNames: fileNames,
    options,
    host: hostOver(compiler, options, trees, texts),
    configFileParsingDiagnostics: errors,
    ...(projectReferences === undefined ? {} : { projectReferences }),
    ...(oldProgram === undefined ? {} : { oldProgram }),
  });
}

// Nothing is ever emitted, so nothing is written, build info neither. The sources of a referenced project stand in for
// its outputs, which may be missing or old.
/**
 * @param {Compiler} compiler
 * @param {ts.CompilerOptions} options
 * @param {Trees} trees
 * @param {ReadonlyMap<string, string>} texts
 * @returns {ts.CompilerHost}
 */
function hostOver({ ts, hostOf }, options, { onDisk, edited }, texts) {
  const host = hostOf(options);
  return {
    ...host,
    // Missing before 5.3.
    jsDocParsingMode: ts.JSDocParsingMode?.ParseForTypeErrors,
    // Not declared, though editors live by it.
    ...{ useSourceOfProjectReferenceRedirect: () => true },
    writeFile: () => undefined,
    readFile: (path) => texts.get(path) ?? host.readFile(path),
    getSourceFile: (path, version, ...rest) => {
      const text = texts.get(path);
      if (text === undefined) return remembered(onDisk, path, () => host.getSourceFile(path, version, ...rest));
      const known = edited.get(path);
      if (known?.text === text) return known;
      const file = ts.createSourceFile(path, text, version);
      if (known === undefined) edited.set(path, file);
      return file;
    },
  };
}

/**
 * @param {Map<string, ts.SourceFile>} trees
 * @param {string} path
 * @param {() => ts.SourceFile | undefined} parseFile
 */
function remembered(trees, path, parseFile) {
  const file = trees.get(path) ?? parseFile();
  if (file !== undefined) trees.set(path, file);
  return file;
}

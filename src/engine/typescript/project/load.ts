import { dirname, join } from "node:path";
import { ts } from "ts-morph";
import { InputError } from "../../input-error.ts";
import { tagPrelude } from "../tagging/tag.ts";
import { isLibraryFile, libraryFile, libraryFolder, libraryText } from "./libraries.ts";
import { type ProjectConfig, readConfig } from "./project-config.ts";

/** A parsed TypeScript project. */
export interface LoadedProject {
  /** Absolute path of the tsconfig. */
  readonly configFile: string;
  /** Absolute path of its folder: position ids are relative to it. */
  readonly root: string;
  /** Absolute path of a file that only the reading knows: it declares the tags. */
  readonly prelude: string;
  /** The name of a file, absolute, and the further ones that links give it. */
  namesOf(path: string): readonly string[];
  /** The project as its texts are now; what did not change since the last call is not parsed again. */
  program(): ts.Program;
  /** A file as it is on disk, parsed; undefined when it was not, or has another text here. */
  treeOf(path: string): ts.SourceFile | undefined;
  /** Gives a file, by its absolute path, another text than it has on disk. */
  setText(path: string, text: string): void;
  /** Makes the next program anew, with a checker that has seen nothing yet. */
  forget(): void;
}

/**
 * Reads a project from a tsconfig, or from the folder that holds one.
 * @throws InputError when the tsconfig is missing, broken or includes no file
 */
export function loadProject(path: string, workingDirectory: string): LoadedProject {
  const config = readConfig(path, workingDirectory);
  const root = dirname(config.configFile);
  const prelude = join(root, "__userpage_tags.d.ts");
  const texts = new Map([[prelude, tagPrelude]]);
  const files = new Map<string, ts.SourceFile>();
  const host = hostOf(config, texts, files);
  let current: ts.Program | undefined;
  let last: ts.Program | undefined;
  return {
    configFile: config.configFile,
    root,
    prelude,
    namesOf: (path) => [path, ...(config.links.get(path) ?? [])],
    program: () => {
      current ??= ts.createProgram({
        rootNames: [...config.fileNames, prelude],
        options: config.options,
        projectReferences: config.projectReferences,
        host,
        ...(last === undefined ? {} : { oldProgram: last }),
      });
      last = current;
      return current;
    },
    treeOf: (path) => (texts.has(path) ? undefined : files.get(path)),
    setText: (file, text) => {
      texts.set(file, text);
      files.delete(file);
      current = undefined;
    },
    forget: () => {
      current = undefined;
    },
  };
}

// The sources of a referenced project stand in for its outputs, as they do in an editor.
interface SourceHost extends ts.CompilerHost {
  readonly useSourceOfProjectReferenceRedirect: () => boolean;
}

function hostOf(
  config: ProjectConfig,
  texts: ReadonlyMap<string, string>,
  files: Map<string, ts.SourceFile>,
): SourceHost {
  const disk = ts.createCompilerHost(config.options);
  const textOf = (path: string) => texts.get(path) ?? libraryText(path) ?? disk.readFile(path);
  return {
    ...disk,
    jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeErrors,
    useSourceOfProjectReferenceRedirect: () => true,
    getDefaultLibLocation: () => libraryFolder,
    getDefaultLibFileName: (options) => `${libraryFolder}/${ts.getDefaultLibFileName(options)}`,
    fileExists: (path) => texts.has(path) || isLibraryFile(path) || disk.fileExists(path),
    readFile: textOf,
    writeFile: () => undefined,
    getSourceFile: (path, options) => {
      const known = files.get(path) ?? libraryFile(path, options);
      if (known !== undefined) return known;
      const text = textOf(path);
      if (text === undefined) return undefined;
      const file = ts.createSourceFile(path, text, options);
      files.set(path, file);
      return file;
    },
  };
}

/**
 * A file that cannot be parsed would be measured as something that nobody wrote.
 * @throws InputError that names the first such place
 */
export function refuseSyntaxErrors(loaded: LoadedProject, nameOf: (path: string) => string): void {
  const program = loaded.program();
  for (const file of projectFiles(loaded)) {
    const [first] = program.getSyntacticDiagnostics(file);
    if (first === undefined) continue;
    const line = file.getLineAndCharacterOfPosition(first.start).line + 1;
    const message = ts.flattenDiagnosticMessageText(first.messageText, " ");
    throw new InputError(`${nameOf(file.fileName)}:${line}: syntax error: ${message}; mend it first`);
  }
}

/** The files whose annotations may be edited: neither libraries, nor anything under node_modules, nor what a build wrote. */
export function projectFiles(loaded: LoadedProject): readonly ts.SourceFile[] {
  const program = loaded.program();
  const roots = new Set(program.getRootFileNames());
  const isEditable = ({ fileName, isDeclarationFile }: ts.SourceFile) => {
    if (fileName.includes("/node_modules/") || fileName.endsWith(".json") || isLibraryFile(fileName)) return false;
    return fileName !== loaded.prelude && (roots.has(fileName) || !isDeclarationFile);
  };
  return program.getSourceFiles().filter(isEditable);
}

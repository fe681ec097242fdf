import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Project, ts } from "ts-morph";
import { InputError } from "../input-error.ts";

/** A parsed TypeScript project. */
export interface LoadedProject {
  readonly project: Project;
  /** Absolute path of the tsconfig. */
  readonly configFile: string;
  /** Absolute path of its folder: position ids are relative to it. */
  readonly root: string;
}

/**
 * Reads a project from a tsconfig, or from the folder that holds one.
 * @throws InputError when the tsconfig is missing, broken or includes no file
 */
export function loadProject(path: string, workingDirectory: string): LoadedProject {
  const configFile = findConfigFile(resolve(workingDirectory, path), path);
  const { error } = ts.readConfigFile(configFile, ts.sys.readFile);
  if (error !== undefined) throw new InputError(configProblem(path, error));
  const parsed = ts.getParsedCommandLineOfConfigFile(configFile, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new InputError(configProblem(path, diagnostic));
    },
  });
  if (parsed === undefined) throw new InputError(`${path}: cannot be read as a tsconfig`);
  refuseBroken(path, parsed);

  const project = new Project({ compilerOptions: parsed.options });
  for (const file of parsed.fileNames) project.addSourceFileAtPath(file);
  return { project, configFile, root: dirname(configFile) };
}

function findConfigFile(absolute: string, path: string): string {
  if (!existsSync(absolute)) throw new InputError(`${path}: no such tsconfig; name an existing one with --project`);
  if (!statSync(absolute).isDirectory()) return absolute;
  const inside = join(absolute, "tsconfig.json");
  if (existsSync(inside)) return inside;
  throw new InputError(`${path}: the folder has no tsconfig.json; name one with --project`);
}

// 18003: no inputs were found. Anything else that is wrong with the file itself would change what is measured.
function refuseBroken(path: string, parsed: ts.ParsedCommandLine): void {
  const problem = parsed.errors.find((diagnostic) => diagnostic.category === ts.DiagnosticCategory.Error);
  if (problem !== undefined) throw new InputError(configProblem(path, problem));
  if (parsed.fileNames.length === 0) {
    throw new InputError(`${path}: includes no file; check its "files" and "include"`);
  }
}

function configProblem(path: string, diagnostic: ts.Diagnostic): string {
  const { file, start } = diagnostic;
  const place =
    file === undefined || start === undefined ? "" : `:${file.getLineAndCharacterOfPosition(start).line + 1}`;
  return `${path}${place}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ").replaceAll("\n", " ")}`;
}

/**
 * A file that cannot be parsed would be measured as something that nobody wrote.
 * @throws InputError that names the first such place
 */
export function refuseSyntaxErrors(loaded: LoadedProject, nameOf: (path: string) => string): void {
  const program = loaded.project.getProgram().compilerObject;
  for (const file of projectFiles(loaded)) {
    const [first] = program.getSyntacticDiagnostics(file);
    if (first === undefined) continue;
    const line = file.getLineAndCharacterOfPosition(first.start).line + 1;
    const message = ts.flattenDiagnosticMessageText(first.messageText, " ");
    throw new InputError(`${nameOf(file.fileName)}:${line}: syntax error: ${message}; mend it first`);
  }
}

/** The files whose annotations may be edited: neither libraries nor anything under node_modules. */
export function projectFiles(loaded: LoadedProject): readonly ts.SourceFile[] {
  const program = loaded.project.getProgram().compilerObject;
  return program
    .getSourceFiles()
    .filter((file) => !program.isSourceFileFromExternalLibrary(file) && !program.isSourceFileDefaultLibrary(file))
    .filter((file) => !file.fileName.includes("/node_modules/") && !file.fileName.endsWith(".json"));
}

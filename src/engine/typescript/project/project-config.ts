import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { ts } from "ts-morph";
import { findConfigFile } from "../../config-file.ts";
import { InputError } from "../../input-error.ts";
import { findOwnCompiler } from "../../judge/own-compiler.ts";

/** What a tsconfig says, with the files of every project that it references. */
export interface ProjectConfig {
  /** Absolute path of the tsconfig. */
  readonly configFile: string;
  readonly options: ts.CompilerOptions;
  /** Absolute. */
  readonly fileNames: readonly string[];
  /** Further names of such a file, which links give it. */
  readonly links: ReadonlyMap<string, readonly string[]>;
  readonly projectReferences: readonly ts.ProjectReference[];
}

/**
 * Reads a tsconfig, or the one in a folder. Options that this compiler calls deprecated or does not know are read past:
 * the project was written for another one.
 * @throws InputError when a tsconfig is missing, broken, or there is no file in it and in what it references
 */
export function readConfig(path: string, workingDirectory: string): ProjectConfig {
  const configFile = findConfigFile(resolve(workingDirectory, path), path);
  const all = withReferenced(configFile, path, new Map());
  const names = onceEach(all.flatMap((each) => each.fileNames));
  const fileNames = [...names.keys()];
  const [problem] = all.flatMap((each) => each.errors).filter((each) => each.code === noInputs);
  if (fileNames.length === 0) {
    throw new InputError(
      problem === undefined
        ? `${path}: includes no file; check its "files" and "include"`
        : configProblem(path, problem),
    );
  }
  const [entry] = all;
  return {
    configFile,
    options: commonOptions(all, configFile),
    fileNames,
    links: names,
    projectReferences: entry?.projectReferences ?? [],
  };
}

/** A tsconfig as it stands, with absolute paths. */
export interface PlainConfig {
  readonly files: readonly string[];
  /** The tsconfigs that it references. */
  readonly references: readonly string[];
  /** May its files import from its own and from what it references alone? */
  readonly isComposite: boolean;
  /** The folder that all it compiles has to be in. */
  readonly rootDir: string | undefined;
}

/** A tsconfig and all that it references, directly or not: by absolute path, itself first. */
export function readProjects(configFile: string): ReadonlyMap<string, PlainConfig> {
  const projects = new Map<string, ts.ParsedCommandLine>();
  withReferenced(configFile, configFile, projects);
  return new Map(
    [...projects].map(([file, { fileNames, projectReferences = [], options }]) => [
      file,
      {
        files: fileNames,
        references: projectReferences.map((each) => ts.resolveProjectReferencePath(each)),
        isComposite: options.composite === true,
        rootDir: options.rootDir,
      },
    ]),
  );
}

// A file that links lead to under several names is one file: the name that is no link is kept, or the first.
function onceEach(fileNames: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, Set<string>>();
  for (const name of fileNames) {
    const path = ts.sys.realpath?.(name) ?? name;
    names.set(path, (names.get(path) ?? new Set()).add(name));
  }
  const entries = [...names].map(([path, all]) => {
    const [first = path] = all;
    const kept = all.has(path) ? path : first;
    return [kept, [...all].filter((name) => name !== kept)] as const;
  });
  return new Map(entries);
}

// The project itself first, then what it references, each once.
function withReferenced(
  configFile: string,
  path: string,
  seen: Map<string, ts.ParsedCommandLine>,
): readonly ts.ParsedCommandLine[] {
  if (seen.has(configFile)) return [...seen.values()];
  const parsed = parseConfig(configFile, path);
  seen.set(configFile, parsed);
  for (const reference of parsed.projectReferences ?? []) {
    const target = ts.resolveProjectReferencePath(reference);
    if (!existsSync(target)) {
      throw new InputError(`${path}: references ${reference.path}, which has no tsconfig; mend its "references"`);
    }
    withReferenced(target, reference.path, seen);
  }
  return [...seen.values()];
}

function parseConfig(configFile: string, path: string): ts.ParsedCommandLine {
  const { error } = ts.readConfigFile(configFile, ts.sys.readFile);
  if (error !== undefined) throw new InputError(configProblem(path, error));
  const parsed = ts.getParsedCommandLineOfConfigFile(configFile, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new InputError(configProblem(path, diagnostic));
    },
  });
  if (parsed === undefined) throw new InputError(`${path}: cannot be read as a tsconfig`);
  const fatal = parsed.errors.find(isFatal);
  if (fatal !== undefined) throw new InputError(configProblem(path, fatal));
  return parsed;
}

// "No inputs were found": only wrong when what it references has none either.
const noInputs = 18003;

// Options of a newer or an older compiler: unknown (5023, 5025), with an unknown value (6046), removed (5102, 5108) or
// deprecated (5101, 5107).
const passable = new Set([noInputs, 18002, 5023, 5025, 5101, 5102, 5107, 5108, 6046]);

function isFatal(diagnostic: ts.Diagnostic): boolean {
  return diagnostic.category === ts.DiagnosticCategory.Error && !passable.has(diagnostic.code);
}

function configProblem(path: string, diagnostic: ts.Diagnostic): string {
  const { file, start } = diagnostic;
  const place =
    file === undefined || start === undefined ? "" : `:${file.getLineAndCharacterOfPosition(start).line + 1}`;
  return `${path}${place}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ").replaceAll("\n", " ")}`;
}

// Those of the project that has files, with the libraries and ambient types that any of them sees.
function commonOptions(all: readonly ts.ParsedCommandLine[], configFile: string): ts.CompilerOptions {
  const own = all.find((each) => each.fileNames.length > 0) ?? all[0];
  const options = { ...olderDefaults(dirname(configFile)), ...own?.options };
  const merged = (key: "lib" | "types") => {
    const lists = all.filter((each) => each.fileNames.length > 0).map((each) => each.options[key]);
    const known = lists.filter((list) => list !== undefined);
    return known.length < lists.length ? options[key] : [...new Set(known.flat())];
  };
  const [lib, types] = [merged("lib"), merged("types")];
  return {
    ...options,
    ...(lib === undefined ? {} : { lib }),
    ...(types === undefined ? {} : { types }),
    ...readOnly,
  };
}

// Nothing is ever written, and what the next major version will not know is still read. The paths of a referenced
// project lead to its sources.
const readOnly: ts.CompilerOptions = {
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  emitDeclarationOnly: false,
  declarationMap: false,
  sourceMap: false,
  inlineSources: false,
  inlineSourceMap: false,
  ignoreDeprecations: "6.0",
};

/** Do both make the same of a file's text? What is written where and whether nothing is, says nothing of that. */
export function readAlike(one: ts.CompilerOptions, other: ts.CompilerOptions): boolean {
  const ofReading = (options: ts.CompilerOptions) =>
    Object.fromEntries(Object.entries(options).filter(([key]) => !(key in readOnly) && key !== "configFile"));
  return isDeepStrictEqual(ofReading(one), ofReading(other));
}

/**
 * What the compiler that a project brings along takes for granted where a tsconfig says nothing, if it is older than 6.0.
 * @param folder absolute
 */
export function olderDefaults(folder: string): ts.CompilerOptions {
  const own = findOwnCompiler(folder);
  if (own === undefined || Number.parseInt(own.version, 10) >= 6) return {};
  return { strict: false, types: ["*"], target: ts.ScriptTarget.ES5, esModuleInterop: false };
}

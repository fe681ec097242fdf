import { ts } from "ts-morph";
import { isLibraryFile, libraryFile, libraryFolder, libraryText } from "../typescript/project/libraries.ts";
import { olderDefaults, readAlike } from "../typescript/project/project-config.ts";
import type { Compiler } from "./programs.mjs";

/** What was parsed already, and how. */
export interface ReadTrees {
  readonly options: ts.CompilerOptions;
  /** The tree of a file as it is on disk; undefined where it was not read, or has been changed since. */
  treeOf(path: string): ts.SourceFile | undefined;
}

/**
 * The compiler that reads projects here, as a judge. What it calls deprecated it still checks, and what an older
 * compiler of the project takes for granted it takes too.
 * @param folder of the tsconfig, absolute
 */
export function bundledCompiler(folder: string, read: ReadTrees | undefined): Compiler {
  const settle = (options: ts.CompilerOptions) => ({
    ...olderDefaults(folder),
    ...options,
    ignoreDeprecations: "6.0",
  });
  return { ts, hostOf: (options) => hostOf(options, read), settle };
}

// Its own declarations are not on disk, and are parsed once in this process; so is what no edit and no tag is in.
function hostOf(options: ts.CompilerOptions, read: ReadTrees | undefined): ts.CompilerHost {
  const disk = ts.createCompilerHost(options);
  const known = read !== undefined && readAlike(options, read.options) ? read : undefined;
  return {
    ...disk,
    getDefaultLibLocation: () => libraryFolder,
    getDefaultLibFileName: (given) => `${libraryFolder}/${ts.getDefaultLibFileName(given)}`,
    fileExists: (path) => isLibraryFile(path) || disk.fileExists(path),
    readFile: (path) => libraryText(path) ?? disk.readFile(path),
    getSourceFile: (path, version, ...rest) =>
      libraryFile(path, version) ??
      sameFormat(known?.treeOf(path), version) ??
      disk.getSourceFile(path, version, ...rest),
  };
}

// The same file may be a module of another kind where another tsconfig includes it.
function sameFormat(
  tree: ts.SourceFile | undefined,
  version: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile | undefined {
  return typeof version === "object" && tree?.impliedNodeFormat === version.impliedNodeFormat ? tree : undefined;
}

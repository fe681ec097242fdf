import { ts } from "ts-morph";
import { isLibraryFile, libraryFile, libraryFolder, libraryText } from "../typescript/libraries.ts";
import { olderDefaults } from "../typescript/project-config.ts";
import type { Compiler } from "./programs.mjs";

/**
 * The compiler that reads projects here, as a judge. What it calls deprecated it still checks, and what an older
 * compiler of the project takes for granted it takes too.
 * @param folder of the tsconfig, absolute
 */
export function bundledCompiler(folder: string): Compiler {
  const settle = (options: ts.CompilerOptions) => ({
    ...olderDefaults(folder),
    ...options,
    ignoreDeprecations: "6.0",
  });
  return { ts, hostOf, settle };
}

// Its own declarations are not on disk, and are parsed once in this process.
function hostOf(options: ts.CompilerOptions): ts.CompilerHost {
  const disk = ts.createCompilerHost(options);
  return {
    ...disk,
    getDefaultLibLocation: () => libraryFolder,
    getDefaultLibFileName: (given) => `${libraryFolder}/${ts.getDefaultLibFileName(given)}`,
    fileExists: (path) => isLibraryFile(path) || disk.fileExists(path),
    readFile: (path) => libraryText(path) ?? disk.readFile(path),
    getSourceFile: (path, version, ...rest) => libraryFile(path, version) ?? disk.getSourceFile(path, version, ...rest),
  };
}

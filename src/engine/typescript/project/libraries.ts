import { createRequire } from "node:module";
import { ts } from "ts-morph";

// Already loaded behind ts-morph. An import would make Node look through three megabytes for what they export.
const { getLibFiles }: typeof import("@ts-morph/common") = createRequire(import.meta.url)("@ts-morph/common");

/** Where the compiler looks for its own declarations (`lib.es2024.d.ts` …); there is no such folder on disk. */
export const libraryFolder = "/__userpage_lib";

const texts = new Map(getLibFiles().map(({ fileName, text }) => [`${libraryFolder}/${fileName}`, text]));
const parsed = new Map<string, ts.SourceFile>();

/** Is this one of the compiler's own declaration files? */
export function isLibraryFile(path: string): boolean {
  return texts.has(path);
}

/** The text of one of the compiler's own declaration files. */
export function libraryText(path: string): string | undefined {
  return texts.get(path);
}

/** The same, parsed: once for all programs of this process, since no program changes a file that it did not make. */
export function libraryFile(
  path: string,
  options: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.SourceFile | undefined {
  const text = texts.get(path);
  if (text === undefined) return undefined;
  const target = typeof options === "object" ? options.languageVersion : options;
  const key = `${target} ${path}`;
  const file = parsed.get(key) ?? ts.createSourceFile(path, text, options);
  parsed.set(key, file);
  return file;
}

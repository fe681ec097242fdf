import { isAbsolute, relative, sep } from "node:path";
import { type StructuredPatchHunk, structuredPatch } from "diff";
import { InputError } from "../engine/input-error.ts";
import type { EditedFile } from "./edited-files.ts";

/** The files as one unified diff that `git apply` takes, their paths relative to the folder `base`. */
export function unifiedDiff(files: readonly EditedFile[], base: string): readonly string[] {
  return files.flatMap(({ path, before, after }) => {
    const name = relative(base, path).replaceAll(sep, "/");
    const { hunks } = structuredPatch(name, name, before, after, undefined, undefined, { context: 3 });
    return [...fileHeader(name), ...hunks.flatMap(hunkLines)];
  });
}

/**
 * Where a diff of the files is to be applied: in the working directory, or in the project's folder when that is
 * elsewhere.
 * @throws InputError for a file outside both, which git would refuse
 */
export function diffBase(files: readonly EditedFile[], cwd: string, root: string): string {
  const base = [cwd, root].find((folder) => files.every(({ path }) => isInside(folder, path)));
  if (base !== undefined) return base;
  const stray = files.find(({ path }) => !isInside(root, path))?.file;
  throw new InputError(
    `${stray}: is outside the working directory and the project's folder; run from a folder above it`,
  );
}

/** Is the absolute path in the folder, or below it? */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way.split(sep)[0] !== "..";
}

function fileHeader(file: string): readonly string[] {
  // git ends a name that holds a space with a tab, so that no date is read into it.
  const end = file.includes(" ") ? "\t" : "";
  const [from, to] = [quoted(`a/${file}`), quoted(`b/${file}`)];
  return [
    `diff --git ${from} ${to}`,
    `--- ${from}${from.startsWith('"') ? "" : end}`,
    `+++ ${to}${to.startsWith('"') ? "" : end}`,
  ];
}

function hunkLines({ oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk): readonly string[] {
  return [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, ...lines];
}

/** The name as git quotes it: as a C string when it holds a quote, a backslash or a control character. */
function quoted(name: string): string {
  if (!/["\\\p{Cc}]/u.test(name)) return name;
  const escaped = name
    .replace(/["\\]/gu, "\\$&")
    .replace(/\p{Cc}/gu, (character) =>
      [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join(""),
    );
  return `"${escaped}"`;
}

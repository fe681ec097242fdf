import { type StructuredPatchHunk, structuredPatch } from "diff";
import { InputError } from "../engine/input-error.ts";
import type { EditedFile } from "./edited-files.ts";

/**
 * The files as one unified diff that `git apply` takes, paths relative to the working directory.
 * @throws InputError for a file above the working directory, which git would refuse
 */
export function unifiedDiff(files: readonly EditedFile[]): readonly string[] {
  return files.flatMap(({ file, before, after }) => {
    if (file.startsWith("../") || file.startsWith("/")) {
      throw new InputError(`${file}: is outside the working directory; run from a folder above it`);
    }
    const { hunks } = structuredPatch(file, file, before, after, undefined, undefined, { context: 3 });
    return [...fileHeader(file), ...hunks.flatMap(hunkLines)];
  });
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

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Seen from two folders below the package, which is where this stands as a source, as a build and in the command line's
// one file.
const beside = (path: string) => new URL(`../${path}`, import.meta.url);

/** What asks a project's own compiler, in a process of its own. */
export const judgeProgram = fileURLToPath(beside("engine/judge/child.mjs"));

/** This program, with the version of the package. */
export function tool(): { readonly name: string; readonly version: string } {
  const text = readFileSync(beside("../package.json"), "utf8");
  return { name: "userpage", version: (JSON.parse(text) as { readonly version: string }).version };
}

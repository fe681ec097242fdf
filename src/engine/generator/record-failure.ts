import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Tally } from "./tally.ts";
import { writeProgram } from "./write-program.ts";

/** Writes a shrunk failure as a fixture folder ready to be looked at; its path. */
export function recordFailure(failure: NonNullable<Tally["failure"]>, fixtures: string): string {
  const { texts, question } = writeProgram(failure.recipe);
  const hash = createHash("sha256").update(JSON.stringify(failure.recipe)).digest("hex").slice(0, 8);
  const folder = join(fixtures, `found-${hash}`);
  const note = `FIXME: ${failure.violations.join("; ")}`;
  const files = [...texts].map(([path, text]) => [join("before", path), text] as const);
  for (const [path, text] of [...files, ["question.json", `${JSON.stringify({ note, ...question }, null, 2)}\n`]]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "./input-error.ts";

/**
 * The tsconfig at a path, or in the folder that is there.
 * @param shown the path as it was given
 * @throws InputError when there is none
 */
export function findConfigFile(absolute: string, shown: string): string {
  if (!existsSync(absolute)) throw new InputError(`${shown}: no such tsconfig; name an existing one with --project`);
  if (!statSync(absolute).isDirectory()) return absolute;
  const inside = join(absolute, "tsconfig.json");
  if (existsSync(inside)) return inside;
  throw new InputError(`${shown}: the folder has no tsconfig.json; name one with --project`);
}

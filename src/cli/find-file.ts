import { InputError } from "../engine/input-error.ts";
import { near } from "./near.ts";

/**
 * The file that is meant: a path as in the report, or the end of just one.
 * @throws InputError when there is none, with those that are near, or more than one
 */
export function findFile(files: readonly string[], query: string): string {
  const wanted = query.replaceAll("\\", "/").replace(/^\.\//u, "");
  if (files.includes(wanted)) return wanted;
  const found = files.filter((file) => `/${file}`.endsWith(`/${wanted}`));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined)
    throw new InputError(`more than one file is called ${query}: ${found.slice(0, 4).join(", ")}`);
  const similar = near(wanted, files);
  throw new InputError(
    `the project has no file ${query}${similar.length === 0 ? "" : `; near it: ${similar.join(", ")}`}`,
  );
}

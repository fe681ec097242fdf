import { readFileSync } from "node:fs";
import { InputError } from "../engine/input-error.ts";

/**
 * What a JSON file holds.
 * @param option what names another file, for the message
 * @throws InputError when it cannot be read or is not JSON
 */
export function readJson(path: string, shown: string, option: string): unknown {
  const text = readText(path, shown, option);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${shown}: is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function readText(path: string, shown: string, option: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\ufeff/u, "");
  } catch {
    throw new InputError(`${shown}: cannot be read; name an existing file with ${option}`);
  }
}

import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../engine/input-error.ts";
import { follows, problemWith } from "../engine/schema.ts";
import { type Config, configSchema } from "./config-schema.ts";
import { readJson } from "./json-file.ts";

/** The name that is searched for. */
export const configName = "userpage.config.json";

/** A configuration and the folder its paths are relative to. */
export interface FoundConfig {
  readonly folder: string;
  readonly config: Config;
}

/**
 * The configuration to use: the named file, or the nearest one at or above the project, or the working directory.
 * @throws InputError when the named file is missing, or the file found is not what the schema says
 */
export function findConfig(
  named: string | undefined,
  project: string | undefined,
  cwd: string,
): FoundConfig | undefined {
  if (named !== undefined) return readConfig(resolve(cwd, named), named);
  const path = searchUpward(project === undefined ? cwd : folderOf(resolve(cwd, project)));
  return path === undefined ? undefined : readConfig(path, path);
}

/** The folder that holds a tsconfig, given the tsconfig or the folder. */
export function folderOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path);
}

function searchUpward(folder: string): string | undefined {
  const path = join(folder, configName);
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : searchUpward(dirname(folder));
}

function readConfig(path: string, shown: string): FoundConfig {
  const value = readJson(path, shown, "--config");
  if (follows(configSchema, value)) return { folder: dirname(path), config: value };
  throw new InputError(`${shown}: ${problemWith(configSchema, value, "")}`);
}

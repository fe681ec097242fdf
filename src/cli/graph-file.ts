import { resolve } from "node:path";
import { type AskedGraph, readGraph } from "../engine/graph/graph-document.ts";
import { InputError } from "../engine/input-error.ts";
import { readJson } from "./json-file.ts";
import type { Options } from "./options.ts";

/** @throws InputError when the file is no graph, or the question in it is asked on the command line again */
export function readGraphFile(file: string, options: Options, cwd: string): AskedGraph {
  refuseQuestion(options);
  const document = readJson(resolve(cwd, file), file, "--graph");
  try {
    return readGraph(document);
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${file}: ${error.message}`) : error;
  }
}

const asking = [
  "project",
  "config",
  "base",
  "brand",
  "mode",
  "source",
  "sink",
  "release",
  "erasure",
  "strategy",
  "cut",
  "flag",
  "necessity",
] as const satisfies readonly (keyof Options)[];

function refuseQuestion(options: Options): void {
  const given = asking.find((option) => options[option] !== undefined);
  if (given !== undefined) throw new InputError(`--graph brings its own question; leave out --${given}`);
}

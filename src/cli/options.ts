import { parseArgs } from "node:util";
import { InputError } from "../engine/input-error.ts";

/** What the command line can be asked to do. */
export const verbs = ["measure", "apply", "explain", "compare", "plan", "mistakes"] as const;

/** One of the verbs. */
export type Verb = (typeof verbs)[number];

const flags = {
  project: { type: "string", short: "p" },
  config: { type: "string" },
  base: { type: "string" },
  brand: { type: "string" },
  mode: { type: "string" },
  source: { type: "string", multiple: true },
  sink: { type: "string", multiple: true },
  release: { type: "string", multiple: true },
  graph: { type: "string" },
  strategy: { type: "string" },
  erasure: { type: "string", multiple: true },
  cut: { type: "string", multiple: true },
  flag: { type: "string" },
  format: { type: "string" },
  out: { type: "string" },
  write: { type: "boolean" },
  series: { type: "string" },
  "no-verify": { type: "boolean" },
  necessity: { type: "boolean" },
  quiet: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
  "config-schema": { type: "boolean" },
  "graph-schema": { type: "boolean" },
} as const;

/** The options as typed; what they mean together is decided elsewhere. */
export type Options = ReturnType<typeof parse>["values"];

/** A command line, split. */
export interface CommandLine {
  readonly verb: string | undefined;
  readonly operands: readonly string[];
  readonly options: Options;
}

/** @throws InputError for an unknown option, or one without its value */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { values, positionals } = parsed(argv);
  const [verb, ...operands] = positionals;
  return { verb, operands, options: values };
}

/** @throws InputError for a verb that does not exist, with those that do */
export function verbOf(word: string | undefined): Verb {
  const verb = verbs.find((known) => known === word);
  if (verb !== undefined) return verb;
  const problem = word === undefined ? "no verb" : `unknown verb ${word}`;
  throw new InputError(`${problem}; the verbs are ${verbs.join(", ")}`);
}

function parsed(argv: readonly string[]): ReturnType<typeof parse> {
  try {
    return parse(argv);
  } catch (error) {
    throw new InputError(`${firstSentence(error)}; see userpage --help`);
  }
}

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options: flags, allowPositionals: true, strict: true });
}

// Node explains at length, in several sentences and lines; the first one names the option.
function firstSentence(error: unknown): string {
  const [sentence = ""] = (error instanceof Error ? error.message : `${error}`).split(/\.\s|\.?\n/u);
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

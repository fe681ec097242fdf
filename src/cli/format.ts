import { InputError } from "../engine/input-error.ts";
import type { Verb } from "./options.ts";

/** The formats a result can be printed in. */
export const formats = ["text", "json", "markdown", "graph", "svg"] as const;

/** One of the formats. */
export type Format = (typeof formats)[number];

const printedBy = {
  measure: ["text", "json", "markdown", "graph", "svg"],
  apply: ["text"],
  explain: ["text", "json", "markdown"],
  compare: ["text", "json", "markdown"],
  plan: ["text", "json", "markdown", "svg"],
  mistakes: ["text", "json", "markdown"],
} as const satisfies Record<Verb, readonly Format[]>;

/** @throws InputError for a format that does not exist, or that the verb does not print, with those that do */
export function formatOf(word: string | undefined, verb: Verb): Format {
  const format = formats.find((known) => known === (word ?? "text"));
  if (format === undefined) throw new InputError(`unknown format ${word}; the formats are ${formats.join(", ")}`);
  const printed: readonly Format[] = printedBy[verb];
  if (printed.includes(format)) return format;
  throw new InputError(`${verb} does not print ${format}; it prints ${printed.join(", ")}`);
}

/** For a verb that does not print this format, which was refused before. */
export function unprinted(format: Format): never {
  throw new Error(`a format that was to be refused: ${format}`);
}

import { InputError } from "../engine/input-error.ts";

/** The formats a report can be printed in. */
export const formats = ["text", "json", "markdown", "graph"] as const;

/** One of the formats. */
export type Format = (typeof formats)[number];

/** @throws InputError for a format that does not exist, with those that do */
export function formatOf(word: string | undefined): Format {
  const format = formats.find((known) => known === (word ?? "text"));
  if (format !== undefined) return format;
  throw new InputError(`unknown format ${word}; the formats are ${formats.join(", ")}`);
}

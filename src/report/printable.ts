// Controls (a terminal obeys them), format characters (they reorder or hide text), line separators, lone surrogates.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The text with every such character spelled out, as `\u{1b}`: names from files must not steer a terminal. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** The lines of a text that may have several, each printable, tabs as two spaces. */
export function linesIn(text: string): readonly string[] {
  return text.split(/\r?\n/u).map((line) => printable(line.replaceAll("\t", "  ")));
}

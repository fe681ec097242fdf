import { printable } from "./printable.ts";

const escapes = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** Text from files, as text of an XML or HTML document, in content and attributes alike. */
export function escapedXml(text: string): string {
  return printable(text).replace(/[&<>"']/gu, (character) => escapes.get(character) ?? character);
}

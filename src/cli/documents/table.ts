/** A Markdown table; a title that begins with `#` is of a column of numbers. */
export function table(titles: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const lines = [
    titles.map((title) => title.replace(/^#/u, "")),
    titles.map((title) => (title.startsWith("#") ? "--:" : "---")),
    ...rows,
  ];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

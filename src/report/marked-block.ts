/**
 * The document with everything between `<!-- name:begin -->` and `<!-- name:end -->` replaced by the content.
 *
 * @throws Error when the document lacks the markers, so that a generated table cannot silently go missing
 */
export function replaceBlock(document: string, name: string, content: string): string {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error(`no block ${begin} ... ${end} in the document, add the two markers`);
  return `${document.slice(0, from + begin.length)}\n\n${content.trim()}\n\n${document.slice(to)}`;
}

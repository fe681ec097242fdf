const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}/u;
const zero = /^[\p{Mn}\p{Me}]/u;

/** Terminal columns that a printable text takes: 2 for East Asian wide characters and emoji, 0 for combining marks. */
export function columnsOf(text: string): number {
  return [...text].reduce((columns, character) => columns + columnsOfOne(character), 0);
}

function columnsOfOne(character: string): number {
  if (zero.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** The text in at most `columns`, an ellipsis in the middle: both ends of a position's name tell it apart. */
export function fitMiddle(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  const tail = Math.floor((columns - 1) / 2);
  return `${takeStart(text, columns - 1 - tail)}…${takeEnd(text, tail)}`;
}

/** The text in at most `columns`, an ellipsis in front: the end of `file:line` is what one looks for. */
export function fitEnd(text: string, columns: number): string {
  return columnsOf(text) <= columns ? text : `…${takeEnd(text, columns - 1)}`;
}

/** The text broken at spaces into lines of at most `columns`; a longer word is cut; an indent is kept on every line. */
export function wrap(text: string, columns: number): readonly string[] {
  const indent = /^ {0,8}/u.exec(text)?.[0] ?? "";
  const room = columns - indent.length;
  const lines = [""];
  for (const word of text
    .trim()
    .split(" ")
    .flatMap((part) => cut(part, room))) {
    const line = lines.at(-1) ?? "";
    const longer = line === "" ? word : `${line} ${word}`;
    if (columnsOf(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => indent + line);
}

/** The text filled with spaces on the right up to `columns`. */
export function padRight(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

/** The text filled with spaces on the left up to `columns`. */
export function padLeft(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - columnsOf(text))) + text;
}

function cut(word: string, columns: number): readonly string[] {
  if (columnsOf(word) <= columns) return [word];
  const head = takeStart(word, columns);
  return [head, ...cut(word.slice(head.length), columns)];
}

function takeStart(text: string, columns: number): string {
  return take([...text], columns).join("");
}

function takeEnd(text: string, columns: number): string {
  return take([...text].reverse(), columns)
    .reverse()
    .join("");
}

function take(characters: readonly string[], columns: number): string[] {
  const taken: string[] = [];
  let left = columns;
  for (const character of characters) {
    left -= columnsOfOne(character);
    if (left < 0) break;
    taken.push(character);
  }
  return taken;
}

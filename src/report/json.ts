// JSON.stringify() leaves some of these as they are; spelled out they mean the same and cannot steer a terminal.
const live = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Any report as JSON, two spaces deep, with a newline at the end. */
export function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(live, spelledOut)}\n`;
}

/** An object as JSON with one line for each item of each of its lists: long lists stay readable and comparable. */
export function jsonLinesOf(value: object): string {
  const entries = Object.entries(value).map(([key, each]) => `  ${JSON.stringify(key)}: ${lines(each)}`);
  return `{\n${entries.join(",\n")}\n}\n`.replace(live, spelledOut);
}

function lines(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value);
  return `[\n${value.map((item) => `    ${JSON.stringify(item)}`).join(",\n")}\n  ]`;
}

function spelledOut(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

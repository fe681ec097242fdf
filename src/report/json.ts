// JSON.stringify() leaves some of these as they are; spelled out they mean the same and cannot steer a terminal.
const live = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Any report as JSON, two spaces deep, with a newline at the end. */
export function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(live, spelledOut)}\n`;
}

function spelledOut(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

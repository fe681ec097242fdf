const deepest = 8;

/** A value as a line that is the same for the same contents; long bytes by a checksum, what is too deep by its kind. */
export function told(value: unknown, depth = 0): string {
  if (value instanceof Uint8Array) return `bytes(${value.length}, ${checksum(value)})`;
  if (value instanceof Error) return `error(${value.message})`;
  if (typeof value !== "object" || value === null) return plainly(value);
  if (depth > deepest) return "...";
  if (Array.isArray(value)) return `[${value.map((each) => told(each, depth + 1)).join(", ")}]`;
  if (value instanceof Map || value instanceof Set) return `{${told([...value], depth + 1)}}`;
  const members = Object.entries(value).map(([name, each]) => `${name}: ${told(each, depth + 1)}`);
  return `{ ${members.join(", ")} }`;
}

function plainly(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "function" ? "function" : String(value);
}

function checksum(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
}

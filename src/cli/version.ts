import { readFileSync } from "node:fs";

/** The version in the package's own package.json, two folders up from source and build alike. */
export function versionOf(): string {
  const parsed: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  if (typeof parsed === "object" && parsed !== null && "version" in parsed) return `${parsed.version}`;
  throw new Error("package.json has no version");
}

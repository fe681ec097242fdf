import { readFileSync } from "node:fs";

/** This program; the version is that of the package's own package.json, two folders up from source and build alike. */
export function tool(): { readonly name: string; readonly version: string } {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return { name: "userpage", version: (JSON.parse(text) as { readonly version: string }).version };
}

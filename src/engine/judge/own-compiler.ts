import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { OwnCompiler } from "./protocol.ts";

/**
 * The compiler that a project would be built with: the `typescript` of the nearest node_modules upward, undefined when
 * there is none.
 * @param folder absolute
 */
export function findOwnCompiler(folder: string): OwnCompiler | undefined {
  const found = join(folder, "node_modules", "typescript");
  if (existsSync(join(found, "package.json"))) return inspect(realpathSync(found));
  return folder === dirname(folder) ? undefined : findOwnCompiler(dirname(folder));
}

function inspect(found: string): OwnCompiler {
  const version = versionIn(readFileSync(join(found, "package.json"), "utf8"));
  const native = join(found, "dist/api/sync/api.js");
  if (existsSync(native)) return { kind: "native", version, entry: native };
  return { kind: "classic", version, entry: join(found, "lib/typescript.js") };
}

// A package that says nothing of itself is asked nevertheless: what is wrong with it shows there.
function versionIn(text: string): string {
  return /"version"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? "of unknown version";
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { folderWith } from "./fixtures/in-folder.ts";

const program = fileURLToPath(new URL("../../dist/cli/main.cjs", import.meta.url));
const users = Array.from({ length: 30 }, (_, i) => `src/use${i}.ts`);
const files = {
  "tsconfig.json": JSON.stringify({ compilerOptions: { strict: true, types: [], noEmit: true }, include: ["src"] }),
  "src/page.ts": "export interface Page {\n  pfn: number;\n}\nexport function pin(): Page {\n  return { pfn: 1 };\n}\n",
  ...Object.fromEntries(
    users.map((file) => [file, 'import { type Page, pin } from "./page";\nexport const page: Page = pin();\n']),
  ),
};
const question = ["-p", ".", "--source", "src/page.ts#pin", "--brand", "UserPage", "--no-verify"];

describe("a run that is interrupted", () => {
  test("while it measures ends by the signal and leaves nothing behind", async () => {
    const folder = folderWith(files);
    const child = userpage(folder, ["measure", ...question, "--out", "report.txt"]);
    await wait(300);
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([null, "SIGINT"]);
    expect(contents(folder)).toEqual(files);
  });

  test("by Ctrl-C while it writes has written all, and nothing else is left", async () => {
    const folder = folderWith(files);
    const child = userpage(folder, ["apply", "--write", ...question]);
    await untilWriting(folder);
    child.kill("SIGINT");
    await once(child, "exit");
    expect(stateOf(folder)).toBe("after");
  });

  test.each([0, 4, 12])(
    "by a kill %i ms after it began to write is finished or rolled back by the next",
    async (ms) => {
      const folder = folderWith(files);
      const child = userpage(folder, ["apply", "--write", ...question]);
      await untilWriting(folder);
      await wait(ms);
      child.kill("SIGKILL");
      await once(child, "exit");
      await once(userpage(folder, ["measure", ...question]), "exit");
      expect(["before", "after"]).toContain(stateOf(folder));
    },
  );
});

function userpage(cwd: string, argv: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, ...argv], { cwd, stdio: "ignore" });
}

async function untilWriting(folder: string): Promise<void> {
  while (!existsSync(join(folder, ".userpage-journal.json"))) await wait(1);
}

// `mixed` when some files are changed and some are not, or when anything else is there.
function stateOf(folder: string): "before" | "after" | "mixed" {
  const now = contents(folder);
  if (Object.keys(now).sort().join() !== Object.keys(files).sort().join()) return "mixed";
  const changed = users.filter((file) => now[file]?.includes("const page: UserPage"));
  if (changed.length === 0 && now["src/page.ts"] === files["src/page.ts"]) return "before";
  return changed.length === users.length && now["src/page.ts"] !== files["src/page.ts"] ? "after" : "mixed";
}

function contents(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ioIn } from "../src/cli/fixtures/in-folder.ts";
import { run } from "../src/cli/run.ts";

const repository = resolve(import.meta.dirname, "..");
const made: string[] = [];

/** A copy of one of the small foreign projects, to be changed, compiled and run; its folder. */
export function copyOf(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `userpage-${name}-`));
  made.push(folder);
  for (const entry of ["src", "tsconfig.json"]) {
    cpSync(join(repository, "examples", name, entry), join(folder, entry), { recursive: true });
  }
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return folder;
}

/** Takes away every copy. */
export function removeCopies(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
}

/** `userpage apply --write` in the copy. */
export function applyIn(folder: string, options: readonly string[]): void {
  const { io, printed } = ioIn(folder);
  const code = run(["apply", "-p", "tsconfig.json", ...options, "--write"], io);
  if (code !== 0) throw new Error(`apply ended with ${code}: ${printed.stderr}`);
}

/** Writes something else at the one place where `right` stands. */
export function plant(folder: string, file: string, right: string, wrong: string): void {
  const path = join(folder, "src", file);
  const parts = readFileSync(path, "utf8").split(right);
  if (parts.length !== 2) throw new Error(`${file}: expected ${right} once, found it ${parts.length - 1} times`);
  writeFileSync(path, parts.join(wrong));
}

/** What the project's compiler says: file, line and code. */
export function complaintsIn(folder: string): readonly string[] {
  const { stdout } = compiler(folder, ["--noEmit"]);
  const complaint = /^src\/(?<file>[^\s(]+)\((?<line>\d+),\d+\): error (?<code>TS\d+)/gmu;
  return [...stdout.matchAll(complaint)].map(([, file, line, code]) => `${file}:${line} ${code}`);
}

/** The lines that a script printed which imports the compiled project from `./out/`. */
export function printedBy(folder: string, script: string): readonly string[] {
  const emitted = compiler(folder, ["--noEmit", "false", "--rewriteRelativeImportExtensions", "--outDir", "out"]);
  if (emitted.status !== 0) throw new Error(emitted.stdout);
  const command = ["--input-type=module", "--eval", script];
  const { stdout, stderr, status } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.trimEnd().split("\n");
}

function compiler(folder: string, options: readonly string[]) {
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  const args = [tsc, "-p", ".", "--rootDir", "src", "--pretty", "false", ...options];
  return spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
}

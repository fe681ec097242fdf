import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { folderWith, ioIn } from "./fixtures/in-folder.ts";
import { run } from "./run.ts";

const repository = resolve(import.meta.dirname, "../..");

test("git am takes the series of the whole model, and every patch leaves a model that compiles", () => {
  const folder = folderWith({ "package.json": '{ "type": "module" }' });
  cpSync(join(repository, "src/kernel"), join(folder, "kernel"), { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  git(folder, "init", "--quiet");
  git(folder, "add", "kernel");
  git(folder, "commit", "--quiet", "--message", "the model");

  const { code, stdout, stderr } = userpage(folder, [
    "apply",
    "--series",
    "series",
    "--config",
    "kernel/userpage.config.json",
  ]);
  expect([code, stderr]).toEqual([0, ""]);
  const [cover, ...patches] = readdirSync(join(folder, "series")).sort();
  expect(stdout).toBe([cover, ...patches].map((name) => `series/${name}\n`).join(""));
  expect(cover).toBe("0000-cover-letter.patch");
  expect(patches.length).toBeGreaterThan(2);

  for (const patch of patches) {
    git(folder, "am", "--quiet", `series/${patch}`);
    expect(complaints(folder)).toBe("");
  }
  const { stdout: diff } = userpage(folder, ["apply", "--config", "kernel/userpage.config.json"]);
  expect(diff).toBe("");
  rmSync(folder, { recursive: true, force: true });
});

test("git am takes a series for a folder below the repository's top, with spaces in its name and CR LF in its lines", () => {
  const folder = folderWith({
    "my app/tsconfig.json": '{ "compilerOptions": { "strict": true, "types": [], "noEmit": true } }',
    "my app/page.ts": [
      "export interface Page { pfn: number }",
      "export function pin(): Page { return { pfn: 1 }; }",
      "export function put(page: Page): void { page.pfn = 0; }",
      "export function unpin(page: Page): void { page.pfn = 0; }",
      "",
    ].join("\n"),
    "my app/a look.ts": 'import { pin, put } from "./page";\r\n\r\nput(pin());\r\n',
  });
  git(folder, "init", "--quiet");
  git(folder, "add", "my app");
  git(folder, "-c", "core.autocrlf=false", "commit", "--quiet", "--message", "the app");

  const question = ["--source", "page.ts#pin", "--brand", "UserPage", "--release", "put=unpin"];
  const { code, stderr } = userpage(join(folder, "my app"), ["apply", "--series", "../s", "-p", ".", ...question]);
  expect([code, stderr]).toEqual([
    0,
    "userpage: lines end in CR LF, which git am takes off; apply the series with git am --keep-cr\n",
  ]);
  const [cover = "", ...patches] = readdirSync(join(folder, "s")).sort();
  const letter = readFileSync(join(folder, "s", cover), "utf8");
  expect(letter).toContain("with git am --keep-cr.");
  expect(letter).toContain(" my app/a look.ts | 4 +2 -2\n");
  git(folder, "am", "--quiet", "--keep-cr", ...patches.map((patch) => `s/${patch}`));
  expect(readFileSync(join(folder, "my app/a look.ts"), "utf8")).toBe(
    'import { pin, unpin } from "./page";\r\n\r\nunpin(pin());\r\n',
  );
  rmSync(folder, { recursive: true, force: true });
});

test("a folder that holds patches is refused, and stays as it is", () => {
  const config = { project: ".", brand: "UserPage", sources: ["a.ts#f"] };
  const folder = folderWith({
    "userpage.config.json": JSON.stringify(config),
    "tsconfig.json": "{}",
    "a.ts": "",
    "s/0001-x.patch": "mine",
  });
  const { code, stderr } = userpage(folder, ["apply", "--series", "s"]);
  expect([code, stderr]).toEqual([
    2,
    "userpage: --series s: holds patches already (0001-x.patch); name an empty folder\n",
  ]);
  expect(readFileSync(join(folder, "s/0001-x.patch"), "utf8")).toBe("mine");
});

test("a file in the place of the folder is said, and stays as it is", () => {
  const folder = folderWith({
    "tsconfig.json": '{ "compilerOptions": { "strict": true, "types": [], "noEmit": true } }',
    "page.ts": [
      "export interface Page { pfn: number }",
      "export function pin(): Page { return { pfn: 1 }; }",
      "export function put(page: Page): void { page.pfn = 0; }",
      "export function unpin(page: Page): void { page.pfn = 0; }",
      "put(pin());",
    ].join("\n"),
    s: "mine",
  });
  const question = ["-p", ".", "--source", "page.ts#pin", "--brand", "UserPage", "--release", "put=unpin"];
  const { code, stderr } = userpage(folder, ["apply", "--series", "s", ...question]);
  expect([code, stderr]).toEqual([
    2,
    "userpage: --series s: cannot be written (EEXIST: file already exists); name a folder that can\n",
  ]);
  expect(readFileSync(join(folder, "s"), "utf8")).toBe("mine");
});

function userpage(folder: string, argv: readonly string[]) {
  const { io, printed } = ioIn(folder);
  const code = run(argv, io);
  return { code, ...printed };
}

function git(cwd: string, ...args: readonly string[]): void {
  const author = ["-c", "user.name=userpage", "-c", "user.email=userpage@localhost", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...author, ...args], { cwd, stdio: ["ignore", "ignore", "inherit"] });
}

function complaints(folder: string): string {
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "--noEmit", "-p", join(folder, "kernel")], { encoding: "utf8" }).stdout;
}

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sampleReport } from "../report/fixtures/sample-report.ts";
import { folderWith, ioIn } from "./fixtures/in-folder.ts";
import { measurementOf, studyOf } from "./fixtures/measured.ts";
import { hashOf } from "./recover.ts";
import { runWith } from "./run-with.ts";

// No process has this id: Linux and macOS give out fewer.
const gone = 2 ** 30;
const [oldA, newA, oldB, newB] = ["a: Page", "a: UserPage", "b: Page", "b: UserPage"];

describe("a journal left behind", () => {
  test("is finished when one rename was done and one was not", () => {
    const folder = interrupted("ready", { "a.ts": newA, ".userpage-0-a-old": oldA, "b.ts": oldB, ...besideB });
    expect(nextRun(folder)).toEqual([0, "userpage: an interrupted apply --write was finished: 2 files changed\n"]);
    expect(contents(folder)).toEqual({ "a.ts": newA, "b.ts": newB });
  });

  test("is rolled back when the new files were not complete", () => {
    const folder = interrupted("preparing", { "a.ts": oldA, "b.ts": oldB, ".userpage-0-a-new": "a: User" });
    expect(nextRun(folder)).toEqual([0, "userpage: an interrupted apply --write was rolled back: 2 files as before\n"]);
    expect(contents(folder)).toEqual({ "a.ts": oldA, "b.ts": oldB });
  });

  test("is rolled back when a file changed since, and that file is kept", () => {
    const folder = interrupted("ready", { "a.ts": newA, ".userpage-0-a-old": oldA, "b.ts": "mine", ...besideB });
    expect(nextRun(folder)).toEqual([
      0,
      "userpage: an interrupted apply --write was rolled back: 2 files as before, but b.ts changed since and was kept\n",
    ]);
    expect(contents(folder)).toEqual({ "a.ts": oldA, "b.ts": "mine" });
  });

  test("of a run that is still at work stops this one", () => {
    const folder = interrupted("ready", { "a.ts": oldA, "b.ts": oldB, ...besideB }, process.ppid);
    const [code, stderr] = nextRun(folder);
    expect(code).toBe(2);
    expect(stderr).toContain(`process ${process.ppid} is writing to this project; if it is not, remove `);
    expect(readFileSync(join(folder, "b.ts"), "utf8")).toBe(oldB);
  });

  test.each(["../a.ts", "node_modules/a.ts", "/etc/a.ts"])("cannot be used to write %s", (target) => {
    const folder = interrupted("ready", { "a.ts": oldA });
    const text = readFileSync(join(folder, ".userpage-journal.json"), "utf8");
    const beside = target.replace(/[^/]*$/u, "");
    const forged = text.replaceAll('"a.ts"', `"${target}"`).replaceAll('".userpage-0-a', `"${beside}.userpage-0-a`);
    writeFileSync(join(folder, ".userpage-journal.json"), forged);
    const [code, stderr] = nextRun(folder);
    expect(code).toBe(2);
    expect(stderr).toContain(`names ${target}, which no run writes; look at it and remove it`);
  });

  test("that is no journal is left for a person", () => {
    const folder = interrupted("ready", {});
    writeFileSync(join(folder, ".userpage-journal.json"), '{"version": 1');
    const [code, stderr] = nextRun(folder);
    expect(code).toBe(2);
    expect(stderr).toContain("is not a journal this version can read; look at it and remove it");
    expect(existsSync(join(folder, ".userpage-journal.json"))).toBe(true);
  });
});

const besideB = { ".userpage-0-b-new": newB, ".userpage-0-b-old": oldB };

function interrupted(state: string, files: Readonly<Record<string, string>>, id = gone): string {
  const journal = { version: 1, process: id, state, files: [entry("a.ts", oldA, newA), entry("b.ts", oldB, newB)] };
  return folderWith({ ...files, "tsconfig.json": "{}", ".userpage-journal.json": JSON.stringify(journal) });
}

function entry(target: string, before: string, after: string) {
  const [temporary, backup] = [`.userpage-0-${target.charAt(0)}-new`, `.userpage-0-${target.charAt(0)}-old`];
  return { target, temporary, backup, before: hashOf(before), after: hashOf(after) };
}

function nextRun(cwd: string): readonly [number, string] {
  const { io, printed } = ioIn(cwd);
  const argv = ["measure", "-p", ".", "--source", "a.ts#f", "--brand", "UserPage"];
  const code = runWith(() => studyOf(measurementOf(sampleReport)), argv, io);
  return [code, printed.stderr];
}

function contents(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => name !== "tsconfig.json");
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { EditedFile } from "./edited-files.ts";
import { folderWith } from "./fixtures/in-folder.ts";
import { recover } from "./recover.ts";
import { writeFiles } from "./write-files.ts";

// Every call that changes the disk counts; the failing one fails alone, or is the last that the process lives to make.
const disk = vi.hoisted(() => ({ calls: 0, failsAt: 0, dies: false }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const counted = <Arguments extends unknown[], Result>(call: (...values: Arguments) => Result) => {
    return (...values: Arguments): Result => {
      disk.calls += 1;
      const fails = disk.dies ? disk.calls >= disk.failsAt : disk.calls === disk.failsAt;
      if (disk.failsAt > 0 && fails) throw new Error("ENOSPC: no space left on device");
      return call(...values);
    };
  };
  return {
    ...fs,
    chmodSync: counted(fs.chmodSync),
    fsyncSync: counted(fs.fsyncSync),
    linkSync: counted(fs.linkSync),
    openSync: counted(fs.openSync),
    renameSync: counted(fs.renameSync),
    rmSync: counted(fs.rmSync),
    writeSync: counted((file: number, bytes: Uint8Array, offset: number) => fs.writeSync(file, bytes, offset)),
  };
});

const before = { "a.ts": "a: Page", "b/c.ts": "c: Page" };
const after = { "a.ts": "a: UserPage", "b/c.ts": "c: UserPage" };

describe("all files are written or none", () => {
  beforeEach(() => Object.assign(disk, { calls: 0, failsAt: 0, dies: false }));

  test("when nothing fails: all, and nothing else is left", () => {
    const folder = folderWith(before);
    writeFiles(folder, editedIn(folder));
    expect(contents(folder)).toEqual(after);
  });

  test("whichever call to the disk fails", () => {
    const outcomes = everyFailure(false);
    expect(outcomes.filter(({ left }) => !isOneOf(left, [before, after]))).toEqual([]);
    expect(
      outcomes.filter(({ error, left }) => error.endsWith("no file was changed") && !isOneOf(left, [before])),
    ).toEqual([]);
    expect(new Set(outcomes.map(({ left }) => JSON.stringify(left)))).toContain(JSON.stringify(before));
  });

  test("wherever the process is killed, once the next run has looked", () => {
    const outcomes = everyFailure(true);
    expect(outcomes.filter(({ left }) => !isOneOf(left, [before, after]))).toEqual([]);
    expect(new Set(outcomes.map(({ left }) => JSON.stringify(left)))).toEqual(
      new Set([JSON.stringify(before), JSON.stringify(after)]),
    );
  });
});

interface Outcome {
  readonly error: string;
  readonly left: Readonly<Record<string, string>>;
}

function everyFailure(dies: boolean): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (let failsAt = 1; ; failsAt += 1) {
    const folder = folderWith(before);
    const files = editedIn(folder);
    Object.assign(disk, { calls: 0, failsAt, dies });
    const error = errorOf(() => writeFiles(folder, files));
    const wasReached = disk.calls >= failsAt;
    Object.assign(disk, { failsAt: 0 });
    if (!wasReached) return outcomes;

    recover(folder);
    outcomes.push({ error, left: contents(folder) });
  }
}

function errorOf(action: () => void): string {
  try {
    action();
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : `${error}`;
  }
}

function editedIn(folder: string): readonly EditedFile[] {
  return [
    { file: "a.ts", path: join(folder, "a.ts"), before: before["a.ts"], after: after["a.ts"] },
    { file: "b/c.ts", path: join(folder, "b/c.ts"), before: before["b/c.ts"], after: after["b/c.ts"] },
  ];
}

function contents(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]));
}

function isOneOf(left: Outcome["left"], states: readonly Outcome["left"][]): boolean {
  return states.some((state) => JSON.stringify(state) === JSON.stringify(left));
}

import { execFileSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Measurement } from "../engine/measure.ts";
import { folderWith, ioIn } from "./fixtures/in-folder.ts";
import { measured, measurementOf, studyOf } from "./fixtures/measured.ts";
import type { Io } from "./io.ts";
import { runWith } from "./run-with.ts";

const project = {
  "tsconfig.json": "{}",
  "userpage.config.json": JSON.stringify({ project: ".", sources: ["a.ts#f"], brand: "UserPage" }),
};
const texts = {
  "a.ts": "let a: Page;\n\n\n\n\n\n\n\nlet z;\n",
  "sub/windows.ts": "// first\r\nlet b: Page;\r\n// last\r\n",
  "sub/no end.ts": "let c: Page;",
  'odd "name".ts': "let d: Page;\n",
};

describe("apply prints a diff", () => {
  test("that git apply accepts, with CRLF, without a last line end, with a mark, whatever the name", () => {
    const marked = { ...project, ...texts, "marked.ts": "\ufefflet e: Page;\n" };
    const folder = folderWith(marked);
    const { code, stdout } = apply(folder, measured({ ...texts, "marked.ts": "let e: Page;\n" }));
    expect(code).toBe(0);
    expect(stdout).toContain("\\ No newline at end of file");

    execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: folder, input: stdout });
    for (const [file, text] of Object.entries({ ...texts, "marked.ts": marked["marked.ts"] })) {
      expect(readFileSync(join(folder, file), "utf8")).toBe(text.replace("Page", "UserPage"));
    }
  });

  test("in the form that people read", () => {
    const folder = folderWith({ ...project, ...texts });
    expect(apply(folder, measured({ "a.ts": texts["a.ts"] })).stdout.split("\n")).toEqual([
      "diff --git a/a.ts b/a.ts",
      "--- a/a.ts",
      "+++ b/a.ts",
      "@@ -1,4 +1,4 @@",
      "-let a: Page;",
      "+let a: UserPage;",
      " ",
      " ",
      " ",
      "",
    ]);
  });

  test("that a terminal does not obey", () => {
    const evil = { "a.ts": "let a: Page; // \u001b]0;owned\u0007\n" };
    const folder = folderWith({ ...project, ...evil });
    expect(apply(folder, measured(evil)).stdout).toContain("\u001b]0;");
    expect(apply(folder, measured(evil), [], { isTTY: true }).stdout).toContain("// \\u{1b}]0;owned\\u{7}");
  });

  test("and nothing when the compiler rejects the edits, unless it is not asked", () => {
    const folder = folderWith({ ...project, ...texts });
    const { report, sources } = measured({ "a.ts": texts["a.ts"] });
    const diagnostic = { file: "a.ts", line: 1, code: 2322, message: "no" };
    const verdict = { compiler: "c", before: 0, after: 1, newDiagnostics: [diagnostic], necessity: null };
    const { code, stdout, stderr } = apply(folder, measurementOf({ ...report, verdict }, sources), ["--write"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr.split("\n")).toEqual([
      "userpage: the compiler rejects the edits, so nothing was changed (--no-verify goes ahead): 1 new",
      "userpage: a.ts:1 TS2322 no",
      "",
    ]);
    expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe(texts["a.ts"]);
    expect(apply(folder, measurementOf({ ...report, verdict: null }, sources)).code).toBe(0);
  });

  test("relative to the project's folder, and says so, when that lies outside the working directory", () => {
    const folder = folderWith({ ...project, ...texts, "elsewhere/keep.txt": "" });
    const elsewhere = join(folder, "elsewhere");
    const outside = measured({ "../a.ts": texts["a.ts"] });
    const { code, stdout, stderr } = apply(elsewhere, outside, ["--config", "../userpage.config.json"]);
    expect([code, stdout.split("\n")[0], stderr]).toEqual([
      0,
      "diff --git a/a.ts b/a.ts",
      "userpage: the diff is relative to ..; apply it there: patch -p1 -d ..\n",
    ]);
    execFileSync("git", ["-C", "..", "apply"], { cwd: elsewhere, input: stdout });
    expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe(texts["a.ts"].replace("Page", "UserPage"));
  });

  test("but not of a file outside both, which git would refuse and --write refuses too", () => {
    const folder = folderWith({ ...project, ...texts, "app/tsconfig.json": "{}", "elsewhere/keep.txt": "" });
    const stray = measured({ "../a.ts": texts["a.ts"] });
    const question = ["-p", "../app", "--source", "a.ts#f", "--brand", "UserPage"];
    const printed = apply(join(folder, "elsewhere"), stray, question);
    expect([printed.code, printed.stdout, printed.stderr]).toEqual([
      2,
      "",
      "userpage: ../a.ts: is outside the working directory and the project's folder; run from a folder above it\n",
    ]);
    expect(apply(join(folder, "elsewhere"), stray, [...question, "--write"]).stderr).toBe(
      "userpage: ../a.ts: is outside the project's folder, no file was changed; print the diff from a folder above it\n",
    );
  });
});

describe("apply --write", () => {
  test("changes every file, keeps its mode, and leaves nothing behind", () => {
    const folder = folderWith({ ...project, ...texts });
    chmodSync(join(folder, "a.ts"), 0o755);
    const before = readdirSync(folder, { recursive: true }).sort();
    const { code, stdout, stderr } = apply(folder, measured(texts), ["--write"]);
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr.split("\n").slice(0, 2)).toEqual(["userpage: changed a.ts", 'userpage: changed odd "name".ts']);
    for (const [file, text] of Object.entries(texts)) {
      expect(readFileSync(join(folder, file), "utf8")).toBe(text.replace("Page", "UserPage"));
    }
    expect(statSync(join(folder, "a.ts")).mode & 0o777).toBe(0o755);
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
  });

  test("writes nothing when one file changed since it was read", () => {
    const folder = folderWith({ ...project, ...texts, "sub/windows.ts": "changed meanwhile\n" });
    const { code, stderr } = apply(folder, measured(texts), ["--write"]);
    expect([code, stderr]).toEqual([2, "userpage: sub/windows.ts: changed since it was read; run again\n"]);
    expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe(texts["a.ts"]);
  });

  test("writes nothing when one file leaves the project, even by a link", () => {
    const outside = folderWith({ "b.ts": "let b: Page;\n" });
    const folder = folderWith({ ...project, ...texts });
    symlinkSync(join(outside, "b.ts"), join(folder, "link.ts"));
    const { code, stderr } = apply(folder, measured({ ...texts, "link.ts": "let b: Page;\n" }), ["--write"]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      "userpage: link.ts: is outside the project's folder, no file was changed; print the diff from a folder above it\n",
    );
    expect(readFileSync(join(outside, "b.ts"), "utf8")).toBe("let b: Page;\n");
    expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe(texts["a.ts"]);
  });

  test("writes nothing when one file is in node_modules", () => {
    const installed = { "node_modules/x/i.ts": "let i: Page;\n" };
    const folder = folderWith({ ...project, ...texts, ...installed });
    expect(apply(folder, measured({ ...texts, ...installed }), ["--write"]).code).toBe(2);
    expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe(texts["a.ts"]);
  });
});

function apply(cwd: string, measurement: Measurement, more: readonly string[] = [], other: Partial<Io> = {}) {
  const { io, printed } = ioIn(cwd, other);
  const code = runWith(() => studyOf(measurement), ["apply", ...more], io);
  return { code, ...printed };
}

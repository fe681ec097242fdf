import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Complaint, compile, compileWith, repository } from "./fixtures/compile.ts";

const directory = join(repository, "type-tests");
const files = readdirSync(directory).filter((file) => file.endsWith(".test-d.ts"));
const texts = new Map(files.map((file) => [file, readFileSync(join(directory, file), "utf8")]));
const snippets = new Map([...texts].map(([file, text]) => [file, resolveImports(text)]));
const expected = [...texts].flatMap(([file, text]) => statedIn(file, text));

// tsd accepts any error it knows inside expectError(); the comment beside says which one was meant.
test("every expectError() of the type tests is rejected for the reason beside it, and nothing else is", () => {
  expect(sorted(compile(snippets))).toEqual(sorted(expected));
});

test("TypeScript 5.9.3 rejects them for the same reasons", () => {
  expect(sorted(compileWith("typescript-5", snippets))).toEqual(sorted(expected));
});

test("TypeScript 7.0.2 rejects the same lines; a missing property has a code of its own there", () => {
  const missingProperty = new Map([
    [2739, 2345],
    [2741, 2345],
  ]);
  const complaints = compileWith("typescript", snippets);
  const translated = complaints.map((complaint) => ({
    ...complaint,
    code: missingProperty.get(complaint.code) ?? complaint.code,
  }));
  expect(sorted(translated)).toEqual(sorted(expected));
});

test("every expectError() of the type tests states its reason", () => {
  for (const [file, text] of texts) {
    const calls = text.match(/expectError[<(]/g) ?? [];
    expect([file, statedIn(file, text).length]).toEqual([file, calls.length]);
  }
});

type Reason = Omit<Complaint, "message">;

function statedIn(file: string, text: string): readonly Reason[] {
  return text.split("\n").flatMap((content, i) => {
    const code = /\/\/ TS(\d+)$/.exec(content)?.[1];
    return code === undefined ? [] : [{ file, line: i + 1, code: Number(code) }];
  });
}

function sorted(reasons: readonly Reason[]): readonly string[] {
  return reasons.map(({ file, line, code }) => `${file}:${line} TS${code}`).sort();
}

function resolveImports(text: string): string {
  return text
    .replace('"userpage"', `"${join(repository, "src/index.ts")}"`)
    .replace('"userpage/user-page"', `"${join(repository, "src/user-page/index.ts")}"`)
    .replace('"tsd"', `"${join(repository, "node_modules/tsd/dist/index.js")}"`);
}

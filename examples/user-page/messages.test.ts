import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compile, compilerVersion, compileWith } from "../../src/user-page/fixtures/compile.ts";

const directory = fileURLToPath(new URL(".", import.meta.url));
const library = fileURLToPath(new URL("../../src/user-page/index.ts", import.meta.url));
const files = readdirSync(directory).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
const examples = new Map(files.map((file) => [file, readFileSync(`${directory}${file}`, "utf8")]));
const snippets = new Map(
  [...examples].map(([file, text]) => [file, text.replace("../../src/user-page/index.ts", library)]),
);

// A directive with its comment lines, and the code that they are about.
const directive = /^( *)\/\/ @ts-expect-error TS\d+\n(?: *\/\/.*\n)*/gm;

// UPDATE_DOCS=1 writes the messages instead of comparing them.
test.each(files)("%s: beside each wrong use stands exactly what the compiler says", (file) => {
  const text = examples.get(file) ?? "";
  const complaints = compile(withoutDirectives()).filter((complaint) => complaint.file === file);
  const said = text.replace(directive, (comment: string, indent: string, at: number) => {
    const line = text.slice(0, at + comment.length).split("\n").length;
    return complaints
      .filter((complaint) => complaint.line === line)
      .flatMap(({ code, message }) => [`@ts-expect-error TS${code}`, ...message.split("\n")])
      .map((words) => `${indent}// ${words}\n`)
      .join("");
  });
  expect(complaints.length).toBe(text.match(directive)?.length);
  if (process.env.UPDATE_DOCS === "1") writeFileSync(`${directory}${file}`, said);
  else expect(text).toBe(said);
});

test.each(["typescript-5", "typescript"])("%s accepts the correct uses and rejects each wrong one", (compiler) => {
  expect(compileWith(compiler, snippets)).toEqual([]);
});

test.each(files)("%s names the compiler whose words it shows", (file) => {
  expect(examples.get(file)).toContain(`TypeScript ${compilerVersion}`);
});

function withoutDirectives(): ReadonlyMap<string, string> {
  return new Map([...snippets].map(([file, text]) => [file, text.replaceAll("@ts-expect-error", "")]));
}

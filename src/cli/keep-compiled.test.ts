import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ts } from "ts-morph";
import { beforeEach, expect, test } from "vitest";
import { folderWith } from "./fixtures/in-folder.ts";

// From Node 22 on Node does it itself, and its own files are not ours to look at.
const byNode = Number(process.versions.node.split(".")[0]) >= 22;

const keeper = ts.transpileModule(readFileSync(new URL("keep-compiled.ts", import.meta.url), "utf8"), {
  compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
}).outputText;
const starter = `
require("./keeper.cjs").keepCompiled(require("node:path").join(__dirname, "kept"), { bytes: 20, seconds: 0 });
require("./program.cjs");
`;
const hello =
  'const { basename } = require("node:path"); console.log("hello", basename(__filename), module.id === __filename);\n';

let folder = "";
beforeEach(() => {
  folder = folderWith({ "keeper.cjs": keeper, "start.cjs": starter, "program.cjs": hello });
});

test("a program does the same with what was kept of it as without", () => {
  expect([run(), run(), run()]).toEqual(Array(3).fill("hello program.cjs true\n"));
});

test.skipIf(byNode)("what was kept is written once", () => {
  run();
  const written = kept().map((file) => [file, statSync(file).mtimeMs]);
  expect(written).toHaveLength(1);
  run();
  expect(kept().map((file) => [file, statSync(file).mtimeMs])).toEqual(written);
});

test("a text of the same length is another text", () => {
  run();
  writeFileSync(join(folder, "program.cjs"), hello.replace("hello", "hallo"));
  expect([run(), run()]).toEqual(Array(2).fill("hallo program.cjs true\n"));
});

test.skipIf(byNode).each(["", "no code at all, and longer than a digest"])(
  "what is damaged is written anew: %j",
  (damage) => {
    run();
    for (const file of kept()) writeFileSync(file, damage);
    expect(run()).toBe("hello program.cjs true\n");
    for (const file of kept()) expect(statSync(file).size).toBeGreaterThan(damage.length + 100);
  },
);

test("where nothing can be kept, a program runs without", () => {
  writeFileSync(join(folder, "kept"), "a file where the folder should be");
  expect([run(), run()]).toEqual(Array(2).fill("hello program.cjs true\n"));
  expect(readdirSync(folder).sort()).toEqual(["keeper.cjs", "kept", "program.cjs", "start.cjs"]);
});

function run(): string {
  return execFileSync(process.execPath, [join(folder, "start.cjs")], { encoding: "utf8" });
}

function kept(): string[] {
  return readdirSync(join(folder, "kept")).map((name) => join(folder, "kept", name));
}

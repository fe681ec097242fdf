import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Verdict } from "../answer/report.ts";
import { applyChanges, byFile, type Edit } from "../edit.ts";
import { compiler, findUnnoticed, type Necessity, type Subject, verify } from "../verify.ts";

const packages = resolve(import.meta.dirname, "../../../node_modules");
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

type Files = Readonly<Record<string, string>>;

const options = {
  strict: true,
  module: "esnext",
  moduleResolution: "bundler",
  target: "es2020",
  lib: ["es2020"],
  types: [],
};
const tsconfig = JSON.stringify({ compilerOptions: { ...options, composite: true, outDir: "out" }, include: ["*.ts"] });

// Complaints of its own: the one in a.ts moves down when something is inserted above it, bad.ts is never edited.
const own: Files = {
  "tsconfig.json": tsconfig,
  "a.ts": "export function open(): string {\n  return 'ä😀';\n}\nexport const wrong: number = 'x';\n",
  "b.ts": "import { open } from './a';\nexport const handle: string = open();\n",
  "bad.ts": "export const worse: number = 'y';\n",
};

function project(files: Files, place: (root: string) => void): string {
  const root = mkdtempSync(join(tmpdir(), "userpage-judge-"));
  folders.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  place(root);
  return root;
}

function withCompiler(name: string): (root: string) => void {
  return (root) => {
    mkdirSync(join(root, "node_modules"));
    symlinkSync(join(packages, name), join(root, "node_modules/typescript"));
  };
}

function withNone(): void {}

/** `typescript` as a package whose module runs the given text. */
function withFake(text: string): (root: string) => void {
  return (root) => {
    const folder = join(root, "node_modules/typescript");
    mkdirSync(join(folder, "lib"), { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "name": "typescript", "version": "5.9.9" }');
    writeFileSync(join(folder, "lib/typescript.js"), text);
  };
}

/** Replaces one piece of a file's text by another. */
function edit(file: string, from: string, to: string, files: Files = own): Edit {
  const start = files[file]?.indexOf(from) ?? -1;
  if (start < 0) throw new Error(`${file} does not hold ${from}`);
  const position = `${file} ${from}` as Edit["position"];
  const judged = { position, kind: "annotation", class: "forced", reason: "", enforced: true, test: false } as const;
  return { file, start, end: start + from.length, text: to, ...judged };
}

function subjectIn(root: string): Subject {
  return { configFile: join(root, "tsconfig.json"), nameOf: (path) => relative(root, path) };
}

function sides(root: string, edits: readonly Edit[]) {
  const originals = [...byFile(edits).keys()].map(
    (file) => [file, readFileSync(join(root, file), "utf8").replace(/^\uFEFF/, "")] as const,
  );
  const groups = byFile(edits);
  return originals.map(([file, text]) => ({ file, text, edits: groups.get(file) ?? [], path: join(root, file) }));
}

function judge(root: string, edits: readonly Edit[]): Omit<Verdict, "necessity"> {
  const files = sides(root, edits);
  const overlay = new Map(files.map(({ path, text, edits }) => [path, applyChanges(text, edits)]));
  return verify(subjectIn(root), overlay, new Map(files.map(({ file, ...past }) => [file, past])));
}

function undo(root: string, edits: readonly Edit[]): Necessity {
  const files = sides(root, edits);
  const overlay = new Map(files.map(({ path, text, edits }) => [path, applyChanges(text, edits)]));
  const originals = new Map(files.map(({ path, text }) => [path, text]));
  return findUnnoticed({ subject: subjectIn(root), overlay, originals, edits, pathOf: (file) => join(root, file) });
}

/** Every file with its time of change, but for what a compiler's package holds. */
function listing(root: string): readonly string[] {
  const entries = readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
  return entries.map((entry) => `${entry} ${statSync(join(root, entry)).mtimeMs}`);
}

const accepted = [
  edit(
    "a.ts",
    "export function open(): string {",
    "export type Handle = string & { readonly h?: never };\n\nexport function open(): Handle {",
  ),
  edit("b.ts", "{ open }", "{ type Handle, open }"),
  edit("b.ts", ": string", ": Handle"),
];
const rejected = [edit("a.ts", "): string", "): number"), edit("a.ts", "'ä😀'", "'ä😀'.length")];

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")) as { version: string }).version;
}

const ownCompilers = ["typescript-5", "typescript-6", "typescript"].map(
  (name) => [`TypeScript ${versionOf(name)} (the project's own)`, withCompiler(name)] as const,
);
const bundled = `TypeScript ${compiler.version}`;

describe.each([...ownCompilers, [bundled, withNone] as const])("%s", (name, place) => {
  const root = project(own, place);
  const before = listing(root);

  test("accepts what is right, whatever the project was wrong in before", () => {
    expect(judge(root, accepted)).toEqual({ compiler: name, before: 2, after: 2, newDiagnostics: [] });
  });

  test("rejects what is wrong, by the line of the text before", () => {
    const { newDiagnostics, ...verdict } = judge(root, rejected);
    expect(verdict).toEqual({ compiler: name, before: 2, after: 3 });
    expect(newDiagnostics).toEqual([
      { file: "b.ts", line: 2, code: 2322, message: "Type 'number' is not assignable to type 'string'." },
    ]);
  });

  test("says which edits it would not miss", () => {
    const edits = [...rejected, edit("b.ts", ": string", ": number"), edit("bad.ts", "'y'", "'z'")];
    const { checked, unnoticed } = undo(root, edits);
    expect(checked).toHaveLength(4);
    expect(unnoticed.map(({ position }) => position)).toEqual(["bad.ts 'y'"]);
  });

  test("writes nothing, though the project is composite", () => {
    expect(listing(root)).toEqual(before);
  });
});

describe("a compiler that gives no answer is named with its reason, and the bundled one asked", () => {
  test.each([
    ["throws", "throw new TypeError('not today');", "TypeError: not today"],
    ["ends before it is asked", "process.exit(0);", "ended by exit code 0"],
    ["is killed", "process.kill(process.pid, 'SIGKILL');", "ended by SIGKILL"],
    ["is not what it says", "console.log('no errors'); module.exports = {};", "TypeError: ts."],
  ])("one that %s", (_, text, reason) => {
    const { compiler: asked, ...verdict } = judge(project(own, withFake(text)), rejected);
    expect(asked).toContain(`${bundled} (the project's own 5.9.9 gave no answer: ${reason}`);
    expect(verdict).toMatchObject({ before: 2, after: 3, newDiagnostics: [{ file: "b.ts", line: 2 }] });
  });
});

// The library is imported by its name, which leads to outputs that nobody built.
const referencing: Files = {
  "tsconfig.json": JSON.stringify({
    compilerOptions: { ...options, paths: { lib: ["./lib/index.ts"] } },
    files: ["main.ts"],
    references: [{ path: "./lib" }],
  }),
  "main.ts": "import { open } from 'lib';\nexport const handle: string = open();\n",
  "lib/tsconfig.json": JSON.stringify({
    compilerOptions: { ...options, composite: true, strictNullChecks: false, outDir: "../out" },
    include: ["*.ts"],
  }),
  "lib/index.ts": "export { open } from './open';\nexport const loose: string = null;\n",
  "lib/open.ts": "export function open(): string {\n  return 'x';\n}\n",
};

describe.each([...ownCompilers, [bundled, withNone] as const])(
  "%s, asked about a project that references another",
  (_, place) => {
    const root = project(referencing, place);
    const before = listing(root);

    test("checks each under its own options, from its sources", () => {
      const inLibrary = judge(root, [edit("lib/open.ts", "'x'", "1", referencing)]);
      expect(inLibrary.newDiagnostics.map(({ file, line }) => `${file}:${line}`)).toEqual(["lib/open.ts:2"]);
      const across = judge(root, [edit("lib/open.ts", "string {\n  return 'x'", "1 {\n  return 1", referencing)]);
      expect(across).toMatchObject({ before: 0, after: 1, newDiagnostics: [{ file: "main.ts", line: 2 }] });
      expect(listing(root)).toEqual(before);
    });
  },
);

test("a type that an inferred export cannot name is an error of the declarations alone, and new", () => {
  const declaring: Files = {
    "tsconfig.json": JSON.stringify({ compilerOptions: { ...options, declaration: true, outDir: "out" } }),
    "a.ts": "export function open(): { id: number } {\n  return { id: 1 };\n}\n",
    "b.ts": "import { open } from './a';\nexport const handle = open();\n",
  };
  const from = "export function open(): { id: number }";
  const hidden = [edit("a.ts", from, "interface H { id: number }\nexport function open(): H", declaring)];
  for (const place of [withCompiler("typescript"), withCompiler("typescript-5"), withNone]) {
    const { newDiagnostics } = judge(project(declaring, place), hidden);
    expect(newDiagnostics.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual(["b.ts:2 4023"]);
  }
});

test("options of older compilers stop nobody, and count only where the project's own compiler complains about them", () => {
  const outdated = {
    strict: true,
    target: "es5",
    module: "commonjs",
    moduleResolution: "node",
    baseUrl: ".",
    types: [],
  };
  const older: Files = {
    "tsconfig.json": JSON.stringify({ compilerOptions: { ...outdated, esModuleInterop: false } }),
    "a.ts": "export function open(): string {\n  return 'x';\n}\n",
    "b.ts": "import { open } from './a';\nexport const handle: string = open();\n",
  };
  const broken = [edit("a.ts", "string", "1", older), edit("a.ts", "'x'", "1", older)];
  const counts = ["typescript-5", "typescript-6", "typescript", undefined].map((name) => {
    const root = project(older, name === undefined ? withNone : withCompiler(name));
    const { before, after, newDiagnostics } = judge(root, broken);
    return `${name}: ${before} ${after} ${newDiagnostics.map(({ file }) => file)}`;
  });
  expect(counts).toEqual([
    "typescript-5: 0 1 b.ts",
    "typescript-6: 4 5 b.ts",
    "typescript: 4 5 b.ts",
    "undefined: 0 1 b.ts",
  ]);
});

test("thousands of complaints of the project's own are told apart from the new one", () => {
  const wrong = Array.from({ length: 3000 }, (_, index) => `export const wrong${index}: number = "${index}";\n`).join(
    "",
  );
  const root = project({ ...own, "wrong.ts": wrong }, withCompiler("typescript-5"));
  const { newDiagnostics, ...counts } = judge(root, rejected);
  expect(counts).toMatchObject({ before: 3002, after: 3003 });
  expect(newDiagnostics.map(({ file, line }) => `${file}:${line}`)).toEqual(["b.ts:2"]);
});

test("a file with a byte order mark and CRLF keeps its lines", () => {
  const marked: Files = { ...own, "a.ts": `\uFEFF${(own["a.ts"] ?? "").replaceAll("\n", "\r\n")}` };
  const texts: Files = { ...own, "a.ts": (marked["a.ts"] ?? "").slice(1) };
  const edits = [edit("a.ts", "'x'", "'z'", texts), edit("a.ts", "'ä😀'", "1", texts)];
  for (const place of [withCompiler("typescript"), withCompiler("typescript-5"), withNone]) {
    const { newDiagnostics } = judge(project(marked, place), edits);
    expect(newDiagnostics.map(({ file, line }) => `${file}:${line}`)).toEqual(["a.ts:2"]);
  }
});

test("every form of source is checked: checked JavaScript, JSX, modules of both kinds, declarations, JSON", () => {
  const forms: Files = {
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({
      compilerOptions: {
        ...{ strict: true, module: "nodenext", target: "es2022", lib: ["es2022"], types: [] },
        ...{ allowJs: true, checkJs: true, jsx: "preserve", resolveJsonModule: true, noEmit: true },
      },
      include: ["*"],
    }),
    "a.ts": "export function open(): string {\n  return 'x';\n}\n",
    "b.js": "import { open } from './a.js';\n/** @type {string} */\nexport const handle = open();\n",
    "c.mts": "import { open } from './a.js';\nexport const handle: string = open();\n",
    "d.cts":
      "import type { open } from './a.js' with { 'resolution-mode': 'import' };\nexport const handle: ReturnType<typeof open> = 'x';\n",
    "e.tsx": "import { open } from './a.js';\nexport const handle: string = open();\n",
    "f.d.ts":
      "import type { open } from './a.js';\nexport declare class F implements Record<'x', ReturnType<typeof open>> {\n  x: string;\n}\n",
    "g.ts":
      "import data from './data.json' with { type: 'json' };\nimport { open } from './a.js';\nexport const both: (typeof data.x)[] = [open()];\n",
    "data.json": '{ "x": "y" }\n',
  };
  const edits = [edit("a.ts", "string", "1", forms), edit("a.ts", "'x'", "1", forms)];
  for (const place of [
    withCompiler("typescript-5"),
    withCompiler("typescript-6"),
    withCompiler("typescript"),
    withNone,
  ]) {
    const { before, newDiagnostics } = judge(project(forms, place), edits);
    expect(before).toBe(0);
    expect(newDiagnostics.map(({ file, line }) => `${file}:${line}`).sort()).toEqual([
      ...["b.js:3", "c.mts:2", "d.cts:2", "e.tsx:2", "f.d.ts:3", "g.ts:3"],
    ]);
  }
});

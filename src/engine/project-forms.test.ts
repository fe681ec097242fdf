import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { applyChanges, byFile } from "./edit.ts";
import { type Measurement, measure } from "./measure.ts";
import type { Migration } from "./migration.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

type Files = Readonly<Record<string, string>>;

const compilerOptions = { strict: true, noEmit: true, module: "esnext", moduleResolution: "bundler", types: [] };

function folderWith(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "userpage-form-"));
  folders.push(folder);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

function ask(
  folder: string,
  source: string,
  project = "tsconfig.json",
  question: Partial<Migration> = {},
): Measurement {
  const migration: Migration = {
    base: undefined,
    brand: "OpenHandle",
    mode: "distinct",
    sources: [source],
    sinks: [],
    releases: [],
    ...question,
  };
  return measure({ project, workingDirectory: folder, verify: "sufficient", migration });
}

function edited({ report, sources }: Measurement, file: string): string {
  const changes = byFile([...report.edits, ...report.conversions]).get(file) ?? [];
  return applyChanges(sources.get(file) ?? "", changes);
}

function reached({ report }: Measurement): readonly string[] {
  return report.positions.map(({ id }) => id).sort();
}

const open = "export interface Handle { fd: number }\nexport function open(): Handle {\n  return { fd: 1 };\n}\n";
const hold = (module: string) =>
  `import { type Handle, open } from "${module}";\nexport interface Session { handle: Handle }\nexport const session: Session = { handle: open() };\n`;
const json = (value: unknown) => JSON.stringify(value);

test("a solution of composite projects is one project, read from its sources though nothing was built", () => {
  const composite = { ...compilerOptions, composite: true, noEmit: false, outDir: "dist", rootDir: "src" };
  const folder = folderWith({
    "tsconfig.json": json({ files: [], references: [{ path: "core" }, { path: "app" }] }),
    "core/tsconfig.json": json({ compilerOptions: composite, include: ["src"] }),
    "core/package.json": json({ name: "@x/core", types: "dist/index.d.ts" }),
    "core/src/index.ts": open,
    "app/tsconfig.json": json({ compilerOptions: composite, include: ["src"], references: [{ path: "../core" }] }),
    "app/src/session.ts": hold("@x/core"),
  });
  mkdirSync(join(folder, "node_modules/@x"), { recursive: true });
  symlinkSync("../../core", join(folder, "node_modules/@x/core"));
  const before = readdirSync(folder, { recursive: true });
  const found = ask(folder, "core/src/index.ts#open");
  expect(reached(found)).toContain("app/src/session.ts Session#handle");
  expect(found.report.verdict?.newDiagnostics).toEqual([]);
  expect(edited(found, "app/src/session.ts")).toContain("interface Session { handle: OpenHandle }");
  expect(edited(found, "app/src/session.ts")).toContain('from "@x/core"');
  expect(readdirSync(folder, { recursive: true })).toEqual(before);
});

test("a package of the workspace that is found through node_modules is edited where it stands", () => {
  const folder = folderWith({
    "core/package.json": json({ name: "@x/core", types: "src/index.ts" }),
    "core/src/index.ts": open,
    "app/tsconfig.json": json({ compilerOptions, include: ["src"] }),
    "app/src/session.ts": hold("@x/core"),
  });
  mkdirSync(join(folder, "app/node_modules/@x"), { recursive: true });
  symlinkSync("../../../core", join(folder, "app/node_modules/@x/core"));
  const found = ask(folder, "core/src/index.ts#open", "app/tsconfig.json");
  expect(found.report.verdict?.newDiagnostics).toEqual([]);
  expect(edited(found, "core/src/index.ts")).toContain("function open(): OpenHandle");
  expect(edited(found, "app/src/session.ts")).toContain('import { type OpenHandle, open } from "@x/core"');
});

test("an alias of the tsconfig leads to the file, and stays as it is written", () => {
  const folder = folderWith({
    "tsconfig.base.json": json({ compilerOptions: { ...compilerOptions, paths: { "#core/*": ["./core/*"] } } }),
    "tsconfig.json": json({ extends: "./tsconfig.base.json", include: ["app", "core"] }),
    "core/handle.ts": open,
    "app/session.ts": hold("#core/handle"),
  });
  const found = ask(folder, "core/handle.ts#open");
  expect(found.report.verdict?.newDiagnostics).toEqual([]);
  expect(edited(found, "app/session.ts")).toContain('import { type OpenHandle, open } from "#core/handle"');
});

test("of several tsconfigs the one that is named says what belongs to the project", () => {
  const folder = folderWith({
    "tsconfig.json": json({ compilerOptions, include: ["src"], exclude: ["**/*.test.ts"] }),
    "tsconfig.test.json": json({ extends: "./tsconfig.json", include: ["src"], exclude: [] }),
    "src/handle.ts": open,
    "src/session.test.ts": hold("./handle"),
  });
  expect(reached(ask(folder, "src/handle.ts#open"))).toEqual(["src/handle.ts open()"]);
  const withTests = ask(folder, "src/handle.ts#open", "tsconfig.test.json").report;
  expect(withTests.edits.filter(({ test }) => test).map(({ position }) => position)).toContain(
    "src/session.test.ts Session#handle",
  );
});

test("modules of both kinds and JSX keep their extensions", () => {
  const options = { ...compilerOptions, module: "nodenext", moduleResolution: "nodenext", jsx: "preserve" };
  const folder = folderWith({
    "tsconfig.json": json({ compilerOptions: options, include: ["src"] }),
    "package.json": json({ type: "module" }),
    "src/handle.mts": open,
    "src/session.mts": hold("./handle.mjs"),
    "src/legacy.cts":
      'import type { Handle } from "./handle.mjs" with { "resolution-mode": "import" };\nexport function close(handle: Handle): number {\n  return handle.fd;\n}\n',
    "src/view.tsx":
      'import { open } from "./handle.mjs";\nimport { close } from "./legacy.cjs";\ndeclare global { namespace JSX { interface IntrinsicElements { b: { title: string } } } }\nexport const view = <b title={String(close(open()))} />;\n',
  });
  const found = ask(folder, "src/handle.mts#open");
  expect(found.report.verdict?.newDiagnostics).toEqual([]);
  expect(edited(found, "src/session.mts")).toContain('from "./handle.mjs"');
  expect(edited(found, "src/legacy.cts")).toContain("close(handle: OpenHandle)");
});

test("what the project complains of itself is not held against the edits", () => {
  const folder = folderWith({
    "tsconfig.json": json({ compilerOptions, include: ["src"] }),
    "src/handle.ts": open,
    "src/session.ts": `${hold("./handle")}export const wrong: number = "one";\n`,
  });
  const { verdict } = ask(folder, "src/handle.ts#open").report;
  expect(verdict).toMatchObject({ before: 1, after: 1, newDiagnostics: [] });
});

test("options of older compilers are read past", () => {
  const older = { target: "es5", module: "commonjs", moduleResolution: "node", baseUrl: ".", esModuleInterop: false };
  const folder = folderWith({
    "tsconfig.json": json({
      compilerOptions: { ...older, keyofStringsOnly: true, importsNotUsedAsValues: "error", strict: true, types: [] },
      include: ["src"],
    }),
    "src/handle.ts": open,
    "src/session.ts": hold("src/handle"),
  });
  const found = ask(folder, "src/handle.ts#open");
  expect(found.report.verdict?.newDiagnostics).toEqual([]);
  expect(reached(found)).toContain("src/session.ts Session#handle");
});

test("scripts without types are followed as far as the checker infers them", () => {
  const folder = folderWith({
    "tsconfig.json": json({ compilerOptions: { ...compilerOptions, allowJs: true }, include: ["src"] }),
    "src/handle.ts": open,
    "src/make.js": 'import { open } from "./handle";\nexport const make = () => open();\n',
    "src/session.ts":
      'import { make } from "./make";\nimport type { Handle } from "./handle";\nexport const held: Handle = make();\n',
  });
  const found = ask(folder, "src/handle.ts#open");
  expect(reached(found)).toEqual(["src/handle.ts open()", "src/make.js make()", "src/session.ts held"]);
  expect(found.report.edits.filter(({ file }) => file.endsWith(".js"))).toEqual([]);
});

test("an edit in generated code is made, and named: the next run of the generator would undo it", () => {
  const folder = folderWith({
    "tsconfig.json": json({ compilerOptions, include: ["src"] }),
    "src/handle.ts": open,
    "src/session.ts": `// @generated by a tool. Do not edit.\n${hold("./handle")}`,
  });
  const { report } = ask(folder, "src/handle.ts#open");
  expect(report.verdict?.newDiagnostics).toEqual([]);
  expect(report.obstacles.map(({ kind, position }) => `${kind} ${position}`)).toEqual([
    "generated src/session.ts Session#handle",
  ]);
});

test("a file that is there under two names is edited once", () => {
  const folder = folderWith({
    "tsconfig.json": json({ compilerOptions, include: ["src", "shared"] }),
    "src/handle.ts": open,
    "shared/session.ts": hold("../src/handle"),
  });
  symlinkSync("../shared/session.ts", join(folder, "src/session.ts"));
  const found = ask(folder, "src/handle.ts#open");
  expect(found.report.verdict?.newDiagnostics).toEqual([]);
  expect([...found.sources.keys()].sort()).toEqual(["shared/session.ts", "src/handle.ts"]);
});

test("line ends and byte order marks stay", () => {
  const folder = folderWith({
    "tsconfig.json": json({ compilerOptions, include: ["src"] }),
    "src/handle.ts": open,
    "src/session.ts": `\uFEFF${hold("./handle").replaceAll("\n", "\r\n")}`,
  });
  const found = ask(folder, "src/handle.ts#open");
  expect(found.report.verdict?.newDiagnostics).toEqual([]);
  expect(edited(found, "src/session.ts")).toContain("interface Session { handle: OpenHandle }\r\n");
  expect(edited(found, "src/session.ts")).not.toMatch(/[^\r]\n/);
});

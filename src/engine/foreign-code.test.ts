import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyChanges, byFile } from "./edit.ts";
import { type Measurement, measure } from "./measure.ts";
import type { Mode } from "./migration.ts";

// The sources that the npm package rxjs ships: what if subscribe() returned a type of its own?
const rxjs = dirname(createRequire(import.meta.url).resolve("rxjs/package.json"));
const compilerOptions = {
  target: "es2019",
  lib: ["es2019", "dom", "dom.iterable"],
  module: "esnext",
  moduleResolution: "bundler",
  strict: true,
  noEmit: true,
  types: [],
};

let folder = "";
let ownComplaints: readonly string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "userpage-rxjs-"));
  cpSync(join(rxjs, "src"), join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
  ownComplaints = compile(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ask(mode: Mode): Measurement {
  return measure({
    project: "tsconfig.json",
    workingDirectory: folder,
    verify: "sufficient",
    migration: {
      base: "src/internal/Subscription.ts#Subscription",
      brand: "ActiveSubscription",
      mode,
      sources: ["src/internal/Observable.ts#Observable.subscribe"],
      sinks: [],
      releases: [],
    },
  });
}

/** What another compiler says of a copy with the edits written, by file and code. */
function compileEdited({ report, sources }: Measurement): readonly string[] {
  const copy = mkdtempSync(join(tmpdir(), "userpage-rxjs-edited-"));
  cpSync(folder, copy, { recursive: true });
  for (const [file, changes] of byFile([...report.edits, ...report.conversions])) {
    writeFileSync(join(copy, file), applyChanges(sources.get(file) ?? "", changes));
  }
  const complaints = compile(copy);
  rmSync(copy, { recursive: true });
  return complaints;
}

function compile(project: string): readonly string[] {
  const tsc = resolve(import.meta.dirname, "../../node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", "."], { cwd: project, encoding: "utf8" });
  return [...stdout.matchAll(/^(\S+)\(\d+,\d+\): error (TS\d+)/gm)].map(([, file, code]) => `${file} ${code}`);
}

test("in distinct mode the brand leaves subscribe() through returns, overrides and inferred variables", () => {
  const measured = ask("distinct");
  const { report } = measured;
  expect(report.verdict?.newDiagnostics).toEqual([]);
  expect(compileEdited(measured)).toEqual(ownComplaints);

  const reached = new Map(report.positions.map((position) => [position.id as string, position]));
  expect(reached.get("src/internal/Subject.ts AnonymousSubject#_subscribe()")?.because?.construct).toBe("return");
  expect(reached.get("src/internal/Subject.ts Subject#_subscribe()")?.because?.construct).toBe("heritage");
  expect(reached.get("src/internal/BehaviorSubject.ts BehaviorSubject#_subscribe()/subscription")?.annotation).toBe(
    "inferred",
  );
  expect(reached.get("src/internal/types.ts TeardownLogic")?.label).toBe("mixed");
  expect(report.edits.filter(({ kind }) => kind === "cast").map(({ file }) => file)).toEqual([
    "src/internal/Observable.ts",
  ]);
});

test("in subtype mode fewer positions are edited, none of them a union", () => {
  const measured = ask("subtype");
  expect(measured.report.verdict?.newDiagnostics).toEqual([]);
  expect(compileEdited(measured)).toEqual(ownComplaints);
  expect(measured.report.edits.filter(({ kind }) => kind === "union")).toEqual([]);
  expect(measured.report.churn.edits).toBeLessThan(ask("distinct").report.churn.edits);
});

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { measure } from "../../src/index.ts";
import { complaintsOf, programOf } from "../programs.ts";
import { generateProject } from "./generate-project.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function generate(reach: number, seed: number): string {
  const folder = mkdtempSync(join(tmpdir(), "userpage-generated-"));
  folders.push(folder);
  return generateProject(folder, { lines: 6000, reach, seed }).folder;
}

test("the same seed writes the same module, another seed another one", () => {
  const [first, second, other] = [generate(10, 1), generate(10, 1), generate(10, 2)].map((folder) =>
    readFileSync(join(folder, "src/area0/tariff6.ts"), "utf8"),
  );
  expect(first).toBe(second);
  expect(first).not.toBe(other);
});

test("it type-checks, and the lease goes through as many modules as asked, and its origin", () => {
  const folder = generate(10, 1);
  expect(complaintsOf(programOf(folder))).toEqual([]);
  const { report } = measure({
    project: "tsconfig.json",
    workingDirectory: folder,
    verify: "sufficient",
    migration: {
      base: undefined,
      brand: "OpenLease",
      mode: "distinct",
      sources: ["src/lease/origin.ts#openLease"],
      sinks: [],
      releases: [],
    },
  });
  expect(report.verdict?.newDiagnostics).toEqual([]);
  expect(report.churn.files).toBe(11);
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Measurement, measure } from "../../measure.ts";

const workshop = mkdtempSync(join(tmpdir(), "userpage-portions-"));
afterAll(() => rmSync(workshop, { recursive: true, force: true }));

const users = 200;

/** A row whose id is minted, read in many files, and in the first of them is also what `also` says. */
function asked(name: string, also: string): Measurement {
  const folder = mkdtempSync(join(workshop, `${name}-`));
  const config = { compilerOptions: { strict: true, noEmit: true, module: "esnext", types: [] } };
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write("tsconfig.json", JSON.stringify(config));
  write(
    "row.ts",
    "export interface Row { id: string }\nexport function createId(): string {\n  return String(1);\n}\n",
  );
  write(
    "fill.ts",
    `import { createId, type Row } from "./row";\nexport const row: Row = { id: createId() };\n${also}\n`,
  );
  for (let i = 0; i < users; i++) {
    write(
      `user${i}.ts`,
      `import type { Row } from "./row";\nexport function show${i}(row: Row): string {\n  const { id } = row;\n  return id;\n}\n`,
    );
  }
  return measure({
    project: "tsconfig.json",
    workingDirectory: folder,
    verify: "sufficient",
    migration: {
      base: undefined,
      brand: "RowId",
      mode: "subtype",
      sources: ["row.ts#createId"],
      sinks: [],
      releases: [],
    },
  });
}

function filesFlowedIn({ solved }: Measurement): number {
  return new Set(solved.graph.edges.map(({ site }) => site.file)).size;
}

test("once plain values join what is used in many files, few of them are read", () => {
  const measurement = asked("mixed", 'row.id = "first";');
  expect(filesFlowedIn(measurement)).toBeLessThan(users / 2);
  expect(measurement.report.churn).toMatchObject({ edits: 1, casts: 1 });
  expect(measurement.report.verdict?.newDiagnostics).toEqual([]);
});

test("what only branded values reach is read to the end", () => {
  const measurement = asked("branded", "row.id = createId();");
  expect(filesFlowedIn(measurement)).toBeGreaterThan(users);
  expect(measurement.report.churn).toMatchObject({ edits: 2 + users, casts: 1 });
  expect(measurement.report.verdict?.newDiagnostics).toEqual([]);
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { measure } from "./measure.ts";

const files = {
  "tsconfig.json": JSON.stringify({
    compilerOptions: { strict: true, noEmit: true, module: "esnext", moduleResolution: "bundler", types: [] },
  }),
  "page.ts": "export interface Page { pfn: number }\nexport function pin(): Page {\n  return { pfn: 1 };\n}\n",
  "dio.ts":
    'import { type Page, pin } from "./page";\nexport interface Dio { pages: Page[] }\nexport class Queue { head: Dio | undefined }\nexport function fill(dio: Dio): void {\n  dio.pages.push(pin());\n}\n',
  "view.ts":
    'import type { Page } from "./page";\nexport interface View { pages: Page[] }\nexport function show(view: View): number {\n  return view.pages.length;\n}\n',
  // Nothing here is called like a position, and yet Dio's pages become View's.
  "main.ts":
    'import { Queue } from "./dio";\nimport { show } from "./view";\nconst { head } = new Queue();\nif (head) show(head);\n',
};

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "userpage-learned-"));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
});

afterAll(() => rmSync(folder, { recursive: true }));

test("a flow that no name leads to is learned from the compiler's complaint, and named", () => {
  const { report } = measure({
    project: "tsconfig.json",
    workingDirectory: folder,
    verify: "necessary",
    migration: {
      base: undefined,
      brand: "UserPage",
      mode: "distinct",
      sources: ["page.ts#pin"],
      sinks: [],
      releases: [],
    },
  });
  expect(report.learned).toEqual([{ construct: "call-argument", file: "main.ts", line: 4 }]);
  expect(report.verdict?.newDiagnostics).toEqual([]);
  expect(report.positions.map(({ id }) => id)).toContain("view.ts View#pages.[]");
  expect(report.verdict?.necessity?.unnoticed).toEqual([]);
});

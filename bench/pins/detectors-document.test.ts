import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { replaceBlock } from "../../src/report/marked-block.ts";
import { detectorsTable, wordsTable } from "./detectors-table.ts";

const path = fileURLToPath(new URL("../../docs/detectors.md", import.meta.url));

// UPDATE_DOCS=1 writes the tables instead of comparing them.
test.each([
  { block: "detectors", content: detectorsTable() },
  { block: "words", content: wordsTable() },
])("docs/detectors.md shows what the detectors say: $block", ({ block, content }) => {
  const document = readFileSync(path, "utf8");
  const generated = replaceBlock(document, block, content);
  if (process.env.UPDATE_DOCS === "1") writeFileSync(path, generated);
  else expect(document).toBe(generated);
});

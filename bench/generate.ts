import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { generateProject } from "./generated/generate-project.ts";

const { values } = parseArgs({
  options: {
    lines: { type: "string", default: "1000000" },
    reach: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    out: { type: "string" },
  },
});
const size = { lines: Number(values.lines), reach: Number(values.reach), seed: Number(values.seed) };
const folder = values.out ?? join(tmpdir(), `userpage-generated-${size.lines}-${size.reach}-${size.seed}`);
mkdirSync(folder, { recursive: true });
const { files, lines } = generateProject(folder, size);
console.log(`${folder}: ${files} files, ${lines} lines`);

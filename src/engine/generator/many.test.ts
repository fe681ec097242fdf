import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { test } from "vitest";
import { recipes } from "./arbitrary.ts";
import { judge } from "./judge.ts";
import { kinds } from "./tally.ts";
import { writeProgram } from "./write-program.ts";

test("many", { timeout: 3_000_000 }, () => {
  const out: string[] = [];
  const count = Number(process.env.COUNT ?? 100);
  const seed = Number(process.env.SEED ?? 1);
  let tried = 0,
    invalid = 0,
    bad = 0;
  const t0 = Date.now();
  for (const kind of kinds) {
    const found: { size: number; text: string; key: string }[] = [];
    for (const recipe of fc.sample(recipes(kind), { seed: seed * 4 + kinds.indexOf(kind), numRuns: count })) {
      tried++;
      const program = writeProgram(recipe);
      const text = [...program.texts]
        .filter(([f]) => f !== "base.ts")
        .map(([f, t]) => `// ${f}\n${t}`)
        .join("\n");
      let violations: readonly string[] = [];
      try {
        const judged = judge(program);
        if (judged.kind === "invalid") {
          invalid++;
          writeFileSync("/tmp/gen-invalid.txt", text);
          continue;
        }
        violations = judged.violations;
      } catch (error) {
        violations = [`CRASH ${(error as Error).stack}`];
      }
      if (violations.length === 0) continue;
      bad++;
      found.push({
        size: text.length,
        text: `${violations.join("\n")}\n--- sink ${recipe.hasSink} release ${recipe.hasRelease} ${program.constructs.join(" ")}\n${text}`,
        key: (violations[0] ?? "").replace(/\d+/g, "").slice(0, 40),
      });
    }
    found.sort((a, b) => a.size - b.size);
    for (const f of found) out.push(`################ ${kind.base} ${kind.mode}\n${f.text}`);
  }
  writeFileSync(process.env.OUT ?? "/tmp/gen-many.txt", out.join("\n"));
  console.log(`tried ${tried}, invalid ${invalid}, bad ${bad}, ${(Date.now() - t0) / tried} ms each`);
});

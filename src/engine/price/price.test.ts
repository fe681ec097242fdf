import { readFileSync } from "node:fs";
import { test } from "vitest";
import { study } from "../measure.ts";
import { priceOfProtection } from "./price-of-protection.ts";

test("x", () => {
  for (const conf of ["strict"]) {
    const c = JSON.parse(readFileSync(`src/kernel/${conf}.config.json`, "utf8"));
    const st = study({
      project: "tsconfig.json",
      workingDirectory: "src/kernel",
      verify: "no",
      migration: {
        ...c,
        releases: Object.entries(c.releases).map(([plain, branded]) => ({ plain, branded: branded as string })),
      },
    });
    const { curve, plan, callers } = priceOfProtection(st);
    for (const s of curve.corners) {
      const a = s.answer.report;
      console.log(
        s.price,
        s.releases,
        "compiled:",
        a.churn.edits,
        a.churn.casts,
        a.churn.conversions,
        a.verdict?.newDiagnostics,
      );
    }
    for (const p of plan)
      console.log(
        "PATCH",
        p.module,
        p.price,
        p.releases,
        p.sites.length,
        "made",
        p.made.length,
        "back",
        p.takenBack.length,
        p.answer.report.verdict?.newDiagnostics,
        p.answer.report.churn.edits,
        p.answer.report.churn.casts,
      );
    console.table(callers);
  }
});

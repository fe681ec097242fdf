import { writeFileSync } from "node:fs";
import { afterAll, expect } from "vitest";
import { sightings } from "./recorder.ts";

// Runs inside the instrumented copy, around every test file.
afterAll(() => {
  const name = expect.getState().testPath?.replaceAll(/[^\w.-]/gu, "_") ?? "unknown";
  writeFileSync(new URL(`seen/${name}.json`, import.meta.url), JSON.stringify(sightings()));
});

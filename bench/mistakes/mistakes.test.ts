import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { byFile } from "../../src/engine/edit.ts";
import { study } from "../../src/engine/measure.ts";
import type { Migration } from "../../src/engine/migration.ts";
import type { MeasureRequest } from "../../src/engine/question.ts";
import { plantMistakes } from "../../src/engine/typescript/mistakes/plant.ts";
import { releaseCalls } from "../../src/engine/typescript/mistakes/release-calls.ts";
import { loadProject } from "../../src/engine/typescript/project/load.ts";
import { replaceBlock } from "../../src/report/marked-block.ts";
import { mistakeName } from "./mistake-name.ts";
import { type Planted, prepare } from "./prepare.ts";
import { model } from "./question.ts";
import { blocksOf, placeOf } from "./render.ts";
import { isSurvivor, type MistakeResult, played, type Results, readResults } from "./results.ts";
import { bundleFor, runMutant } from "./run-mutant.ts";
import { causeOf, reviewedNames } from "./survivors.ts";

const repository = resolve(import.meta.dirname, "../..");
const document = join(repository, "docs/mistakes.md");
const results: Results = readResults(readFileSync(join(import.meta.dirname, "results.jsonl"), "utf8"));

let planted: Planted;

beforeAll(() => {
  const request = modelRequest();
  const calls = releaseCalls(loadProject(model.project, repository), request.migration.releases, repository).filter(
    ({ place }) => !place.file.includes("/scenarios/"),
  );
  const { measurement, answer } = study(request);
  const { solved } = measurement;
  const { report } = answer({ ...solved, migration: { ...solved.migration, strategy: played } }, "no");
  const edits = [...report.edits, ...report.conversions];
  const files = plantMistakes(loadProject(model.project, repository), calls, byFile(edits));
  planted = { edits, places: calls.map(({ place }) => place), mutants: files.flatMap(({ mutants }) => mutants) };
});

function modelRequest(): MeasureRequest {
  const file = join(repository, model.config);
  const config: Pick<Migration, "base" | "brand" | "sources" | "sinks"> & {
    readonly releases: Readonly<Record<string, string>>;
  } = JSON.parse(readFileSync(file, "utf8"));
  const { base, brand, sources, sinks } = config;
  const releases = Object.entries(config.releases).map(([plain, branded]) => ({ plain, branded }));
  const migration: Migration = { base, brand, sources, sinks, mode: "distinct", releases };
  return { project: model.project, migration, workingDirectory: repository, verify: "no" };
}

test("there are at least 300 mistakes, at every release of the model, and the results know them all", () => {
  const made = planted.mutants.map(mistakeName(planted.places));
  const known = results.mistakes.filter(({ stopped }) => played in stopped).map(({ name }) => name);
  expect(made.toSorted(), "run npm run mistakes").toEqual(known.toSorted());
  expect(made.length).toBeGreaterThanOrEqual(300);
  const places = new Set(planted.mutants.map(({ place }) => `${place.file}:${place.line}`));
  expect(planted.places.map(({ file, line }) => `${file}:${line}`).filter((place) => !places.has(place))).toEqual([]);
});

test("a slice of the mistakes is noticed by the same as when all were played", () => {
  const played = results.mistakes.filter(({ passing }) => passing !== null && passing > 0);
  const slice = played.filter((_, i) => i % 17 === 0);
  const { stage, runs } = prepare(repository, planted);
  const bundle = bundleFor(stage);
  const again = slice.map(({ name }): Pick<MistakeResult, "name" | "noticed"> => {
    const run = runs.find(({ key }) => key === name);
    return { name, noticed: run === undefined ? {} : runMutant(stage, bundle, run) };
  });
  expect(slice.length).toBeGreaterThan(10);
  expect(again).toEqual(slice.map(({ name, noticed }) => ({ name, noticed })));
});

test("whatever nobody notices has been looked at, and nothing else", () => {
  const left = results.mistakes.filter(isSurvivor);
  expect(left.filter((each) => causeOf(each) === "unexplained").map(({ name }) => name)).toEqual([]);
  const names = left.map(({ name }) => name);
  expect(reviewedNames.filter((name) => !names.includes(name))).toEqual([]);
});

// UPDATE_DOCS=1 writes them instead of comparing them.
test("docs/mistakes.md shows the results", () => {
  const before = readFileSync(document, "utf8");
  const after = Object.entries(blocksOf(results)).reduce(
    (text, [name, content]) => replaceBlock(text, name, content),
    before,
  );
  if (process.env.UPDATE_DOCS === "1") writeFileSync(document, after);
  else expect(before).toBe(after);
  for (const { name } of results.mistakes) expect(after).toContain(placeOf(name));
});

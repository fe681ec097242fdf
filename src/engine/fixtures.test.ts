import { afterAll, describe, expect, test } from "vitest";
import type { Report } from "./answer/report.ts";
import type { Edit } from "./edit.ts";
import { typeConstructs, valueConstructs } from "./fixtures/construct-list.ts";
import {
  cleanUp,
  complaints,
  edited,
  type FixtureQuestion,
  fixtureNames,
  materialise,
  needlessEdits,
  reachOf,
  readQuestion,
  readReach,
  readTexts,
  record,
  type Texts,
} from "./fixtures/fixture.ts";
import { type Measurement, measure } from "./measure.ts";
import { constructs } from "./typescript/constructs.ts";

const updates = process.env.UPDATE_FIXTURES === "1";

afterAll(cleanUp);

const folders = fixtureNames();

test("every construct has a fixture", () => {
  const missing = constructs.map(({ name }) => name).filter((name) => !folders.includes(name));
  expect(missing).toEqual([]);
});

test("every construct of the list has a fixture of its name", () => {
  expect([...valueConstructs, ...typeConstructs].filter((name) => !folders.includes(name))).toEqual([]);
});

describe.each(folders)("%s", (name) => {
  const question = readQuestion(name);
  const isGap = name.startsWith("gap-");
  const fixture = once(() => run(name, question));

  test("compiles as it is", () => {
    expect(complaints(fixture().root)).toEqual([]);
  });

  if (question.mode === "distinct" && !isGap)
    test("the sources alone do not compile, unless no other edit is demanded", () => {
      const { before, edits, report } = fixture();
      const alone = edits.filter((edit) => belongsToSources(edit, report, edits));
      const others = edits.filter((edit) => !alone.includes(edit) && edit.enforced);
      expect(complaints(materialise(edited(before, alone))).length > 0).toBe(others.length > 0);
    });

  test("reaches the positions in reach.txt", () => {
    expect(reachOf(fixture().report)).toEqual(readReach(name));
  });

  test("is edited to what stands in after", () => {
    expect(fixture().after).toEqual(readTexts(name, "after"));
  });

  if (!isGap)
    test("compiles with the edits", () => {
      expect(fixture().report.verdict?.newDiagnostics).toEqual([]);
      expect(complaints(materialise(fixture().after))).toEqual([]);
    });

  if (!isGap)
    test("needs every edit that is called enforced", () => {
      expect(needlessEdits(fixture().report)).toEqual([]);
    });

  if (isGap)
    test("says what is wrong in its note", () => {
      expect(question.note).toContain("FIXME");
    });

  // With the sources as they were and all else edited: what is branded holds the base no more, so it is met no more.
  if (!isGap)
    test("plans only the sources once all else is edited", () => {
      const { before, edits, report } = fixture();
      const sources = edits.filter((edit) => isSource(report, edit));
      const rest = edited(
        before,
        edits.filter((edit) => !sources.includes(edit)),
      );
      const again = () => ask(existingBrand(question, report), materialise(rest), "no").report;
      // An inferred source is branded by the casts in its body alone, which leaves nothing to ask.
      if (isInferredSource(report)) expect(again).toThrow(/branded already|holds \w+ already/);
      else {
        const found = again();
        const metAgain = new Set([...mixedIn(report), ...assertedIn(found, report)]);
        expect(annotated(found, metAgain)).toEqual(annotated({ ...report, edits: sources }, new Set()));
      }
    });
});

interface Run extends Pick<Measurement, "report"> {
  readonly root: string;
  readonly before: Texts;
  readonly edits: readonly Edit[];
  readonly after: Texts;
}

function run(name: string, question: FixtureQuestion): Run {
  const before = readTexts(name, "before");
  const root = materialise(before);
  const { report } = ask(question, root, "necessary");
  const edits = [...report.edits, ...report.conversions];
  const after = edited(before, edits);
  if (updates) record(name, reachOf(report), after);
  return { root, before, report, edits, after };
}

function once<Result>(work: () => Result): () => Result {
  const made: Result[] = [];
  return () => {
    const result = made[0] ?? work();
    made[0] = result;
    return result;
  };
}

function isInferredSource(report: Report): boolean {
  return report.positions[0]?.annotation === "inferred";
}

// A union still holds the base, so it is met again; everything else that was edited is not.
function mixedIn(report: Report): ReadonlySet<Edit["position"]> {
  return new Set(report.positions.filter(({ label }) => label === "mixed").map(({ id }) => id));
}

// So is what the edits assert, `id as string | undefined`, `ids as string[]` or what takes a union, `load as (id: string |
// UserId) => void`: while its source is plain, it is met there again. An assertion that was met before is none of theirs.
function assertedIn(found: Report, report: Report): readonly Edit["position"][] {
  const before = new Set(report.positions.map(({ id }) => id));
  const isOfUnion = ({ id, kind }: Report["positions"][number]) => kind === "cast" || /[ /]as[.(]/.test(id);
  const isAsserted = (each: Report["positions"][number]) =>
    each.label === "mixed" ? isOfUnion(each) : each.kind === "cast" && !before.has(each.id);
  return found.positions.filter(isAsserted).map(({ id }) => id);
}

function annotated(report: Report, but: ReadonlySet<Edit["position"]>): readonly Edit["position"][] {
  const annotations = report.edits.filter(({ kind }) => kind === "annotation" || kind === "union");
  return annotations.map(({ position }) => position).filter((position) => !but.has(position));
}

function ask(question: FixtureQuestion, root: string, verify: "necessary" | "no"): Measurement {
  return measure({ project: ".", workingDirectory: root, migration: question, verify });
}

function existingBrand(question: FixtureQuestion, report: Report): FixtureQuestion {
  const file = report.edits.find(({ kind }) => kind === "declaration")?.file ?? "";
  const brand = question.brand.includes("#") ? question.brand : `${file}#${question.brand}`;
  return { ...question, brand };
}

// Branded by definition: sources, and in distinct mode the sinks and branded releases.
function isSource(report: Report, { kind, position }: Edit): boolean {
  return kind === "annotation" && report.positions.some(({ id, because }) => id === position && because === null);
}

// Imports go with the file's other edits, so they are only taken where all of those are.
function belongsToSources(edit: Edit, report: Report, all: readonly Edit[]): boolean {
  if (edit.kind === "declaration") return true;
  if (edit.kind !== "import") return isSource(report, edit);
  const beside = all.filter((other) => other.file === edit.file && other.kind !== "import");
  return beside.every((other) => belongsToSources(other, report, all));
}

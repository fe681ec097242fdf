import type { Report } from "../answer/report.ts";
import type { Edit } from "../edit.ts";
import { cleanUp, edited, materialise } from "../fixtures/fixture.ts";
import { measure } from "../measure.ts";
import type { Program } from "./program.ts";

/** What a program showed: nothing, when it does not type-check to begin with, or everything that is wrong. */
export type Judged =
  | { readonly kind: "invalid"; readonly complaints: number }
  | { readonly kind: "judged"; readonly violations: readonly string[] };

/** Asks the meter about a program, and the compiler about the answer. */
export function judge(program: Program): Judged {
  try {
    return judgeMaterialised(program);
  } finally {
    cleanUp();
  }
}

function judgeMaterialised(program: Program): Judged {
  const report = ask(program, "necessary");
  if ((report.verdict?.before ?? 0) > 0) return { kind: "invalid", complaints: report.verdict?.before ?? 0 };

  const predicted = ask(program, "no");
  const rejected = rejections(report);
  if (rejected.length > 0) return { kind: "judged", violations: rejected };
  return {
    kind: "judged",
    violations: [
      ...mislabelled(program, report),
      ...(program.isMixed && program.question.sinks.length > 0 ? [] : needless(predicted, report)),
      ...unnamed(report),
      ...unconverted(program, report),
      ...(program.isMixed || program.question.sinks.length > 0 ? [] : repeated(program, report)),
    ],
  };
}

function ask({ texts, question }: Pick<Program, "texts" | "question">, verify: "necessary" | "no"): Report {
  return measure({ project: ".", workingDirectory: materialise(texts), migration: question, verify }).report;
}

// Sufficient: nothing new to complain about.
function rejections(report: Report): readonly string[] {
  const { newDiagnostics = [] } = report.verdict ?? {};
  return [
    ...newDiagnostics.map(
      ({ file, line, code, message }) => `rejected TS${code} ${file}:${line} ${message.split("\n")[0]}`,
    ),
    ...report.learned.map(({ construct, file, line }) => `learned ${construct} ${file}:${line}`),
  ];
}

// What is known by construction: where branded and plain values arrive.
function mislabelled(program: Program, report: Report): readonly string[] {
  const labelOf = (id: string) => report.positions.find((position) => position.id === id)?.label ?? "base";
  const isRestricted = program.question.sinks.length > 0;
  const wrong = program.expectations.flatMap(({ position, label }) => {
    const found = labelOf(position);
    const isRight =
      found === label ||
      (label === "unbranded" && found !== "brand") ||
      (isRestricted && label !== "base" && found !== "base");
    return isRight ? [] : [`label ${position} is ${found}, not ${label}`];
  });
  const mixed = report.positions.filter(({ label }) => label === "mixed" && !program.isMixed);
  const known = new Set(report.positions.map(({ id }) => id));
  const strange = report.edits.filter(
    ({ position, kind }) => kind !== "cast" && position !== null && !known.has(position),
  );
  return [
    ...wrong,
    ...mixed.map(({ id }) => `mixed ${id}, though no plain value meets a branded one`),
    ...strange.map(({ position }) => `edited but not reached: ${position}`),
  ];
}

// Necessary: what was called enforced before the compiler was asked is missed when it is undone. On a way to a sink that
// plain values join, one cast can stand behind another.
function needless(predicted: Report, report: Report): readonly string[] {
  const judged = [...report.edits, ...report.conversions];
  const isRefuted = (claim: Edit) =>
    judged.some(
      ({ file, start, end, enforced }) =>
        file === claim.file && start === claim.start && end === claim.end && !enforced,
    );
  return [...predicted.edits, ...predicted.conversions]
    .filter((claim) => claim.enforced && claim.position !== null && isRefuted(claim))
    .map(({ position, kind, file }) => `needless ${kind} of ${position} in ${file}`);
}

// A source is asked for: nothing has to be said of it.
function unnamed(report: Report): readonly string[] {
  const named = new Set(report.obstacles.filter(({ kind }) => kind === "unenforced").map(({ position }) => position));
  return [...report.edits.filter((edit) => !isSource(report, edit)), ...report.conversions]
    .filter(({ enforced, position, kind }) => !enforced && kind !== "cast" && position !== null && !named.has(position))
    .map(({ position }) => `unenforced without a word: ${position}`);
}

function unconverted({ question, isMixed }: Program, report: Report): readonly string[] {
  const wanted = question.releases.length === 0 || isMixed ? 0 : 1;
  const found = report.conversions.length;
  return isMixed || found === wanted ? [] : [`${found} conversions, not ${wanted}`];
}

// Idempotent: with all but the sources edited, only the sources are left to edit. In a mixed program a call with what
// the sources give is one that the edits made wrong, so it says nothing.
function repeated({ texts, question }: Program, report: Report): readonly string[] {
  const sources = new Set(report.edits.filter((edit) => isSource(report, edit)));
  const home = report.edits.find(({ kind }) => kind === "declaration")?.file ?? "";
  const rest = [...report.edits, ...report.conversions].filter((edit) => !sources.has(edit));
  const brand = `${home}#${question.brand}`;
  const again = ask({ texts: edited(texts, rest), question: { ...question, brand } }, "no");
  const known = new Set([...sources].map(({ position }) => position));
  return again.edits
    .filter(({ kind, position }) => (kind === "annotation" || kind === "union") && !known.has(position))
    .map(({ position }) => `edited again: ${position}`);
}

// A source whose type was inferred is branded by the cast in its body as well.
function isSource(report: Report, { kind, position }: Report["edits"][number]): boolean {
  return (
    (kind === "annotation" || kind === "cast") &&
    report.positions.some(({ id, because }) => id === position && because === null)
  );
}

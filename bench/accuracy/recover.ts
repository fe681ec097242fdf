import type { Report } from "../../src/engine/answer/report.ts";
import type { Edit } from "../../src/engine/edit.ts";
import { askMeter } from "../ask-meter.ts";
import { complaintsOf, programOf } from "../programs.ts";
import { unpack } from "../published/unpack.ts";
import type { AccuracyQuestion } from "./questions.ts";
import { strip, type WrittenBrand } from "./strip.ts";

/** What came of stripping a brand and asking for it again. Places that the question itself names count in none of these. */
export interface Recovery {
  readonly question: AccuracyQuestion;
  readonly version: string;
  /** How many places of the authors make the brand: kinds of casts in a file, and predicates. */
  readonly mints: number;
  /** What was named by hand beside the mints; empty in the blind answer. */
  readonly entries: readonly string[];
  readonly report: Report;
  /** How often the authors cast to the brand where a mint does not stand for it. */
  readonly casts: number;
  /** Places where the authors wrote the brand and the meter would too. */
  readonly agreed: readonly WrittenBrand[];
  /** The authors' places that the meter leaves alone. */
  readonly missed: readonly WrittenBrand[];
  /** Of those, the ones that it does not leave alone once all entries are named. */
  readonly outside: readonly WrittenBrand[];
  /** Annotations that the meter changes and the authors did not. */
  readonly extra: readonly Edit[];
  /** What the compiler says of the stripped sources and did not say of the original. */
  readonly worse: readonly string[];
}

/**
 * Takes the brand out of a copy of the package's sources, then asks how far it goes from where the authors made it;
 * where entries are named, once more with them.
 */
export function recover(question: AccuracyQuestion): readonly Recovery[] {
  const { version, folder } = unpack(question.package);
  const original = programOf(folder);
  const before = new Set(complaintsOf(original));
  const { written, mints } = strip(original, folder, question.brand, question.base);
  const worse = complaintsOf(programOf(folder)).filter((complaint) => !before.has(complaint));
  const casts = written.filter(({ kind }) => kind === "cast").length;
  const asked = question.entries.length === 0 ? [[]] : [[], question.entries];
  const answers = asked.map((entries) => {
    const report = askMeter(folder, [
      ...["--base", question.base, "--brand", question.brand, "--mode", "subtype"],
      ...[...mints, ...entries].flatMap((source) => ["--source", source]),
    ]);
    return { question, version, mints: mints.length, entries, report, casts, ...compare(written, report), worse };
  });
  const left = answers.at(-1)?.missed ?? [];
  return answers.map((answer) => ({ ...answer, outside: answer.missed.filter((place) => !left.includes(place)) }));
}

function compare(written: readonly WrittenBrand[], report: Report): Pick<Recovery, "agreed" | "missed" | "extra"> {
  const asked = report.positions.filter(({ depth }) => depth === 0);
  const isAsked = (place: WrittenBrand) => asked.some((position) => covers(position, place));
  const declared = written.filter((place) => place.kind !== "cast" && !isAsked(place));
  const askedIds = new Set<string>(asked.map(({ id }) => id));
  const edits = report.edits.filter(
    ({ kind, position }) => (kind === "annotation" || kind === "union") && !askedIds.has(position ?? ""),
  );
  const isProposed = (place: WrittenBrand) => edits.some((edit) => covers(edit, place));
  return {
    agreed: declared.filter(isProposed),
    missed: declared.filter((place) => !isProposed(place)),
    extra: edits.filter((edit) => !written.some((place) => covers(edit, place))),
  };
}

function covers(
  range: { readonly file: string; readonly start: number; readonly end: number },
  place: WrittenBrand,
): boolean {
  return range.file === place.file && range.start <= place.start && place.start < range.end;
}

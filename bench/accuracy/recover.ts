import type { Edit } from "../../src/engine/edit.ts";
import type { Report } from "../../src/engine/report.ts";
import { askMeter } from "../ask-meter.ts";
import { unpack } from "../published/unpack.ts";
import { complaintsOf, programOf } from "./programs.ts";
import type { AccuracyQuestion } from "./questions.ts";
import { strip, type WrittenBrand } from "./strip.ts";

/** What came of stripping a brand and asking for it again. */
export interface Recovery {
  readonly question: AccuracyQuestion;
  readonly version: string;
  readonly producers: readonly string[];
  readonly written: readonly WrittenBrand[];
  readonly report: Report;
  /** Places where the authors wrote the brand and the meter would too. */
  readonly agreed: readonly WrittenBrand[];
  /** The authors' places that the meter leaves alone. */
  readonly missed: readonly WrittenBrand[];
  /** Annotations that the meter changes and the authors did not. */
  readonly extra: readonly Edit[];
  /** Complaints of the compiler that the stripped sources have and the original did not. */
  readonly worse: readonly string[];
}

/** Takes the brand out of a copy of the package's sources, then asks how far it goes from where the authors made it. */
export function recover(question: AccuracyQuestion): Recovery {
  const { version, folder } = unpack(question.package);
  const original = programOf(folder);
  const before = new Set(complaintsOf(original));
  const { written, producers } = strip(original, folder, question.brand, question.base);
  const worse = complaintsOf(programOf(folder)).filter((complaint) => !before.has(complaint));

  const sources = [...producers, ...question.entries];
  const report = askMeter(folder, [
    ...["--base", question.base, "--brand", question.brand, "--mode", "subtype"],
    ...sources.flatMap((source) => ["--source", source]),
  ]);
  const annotations = report.edits.filter(({ kind }) => kind === "annotation" || kind === "union");
  const declared = written.filter(({ kind }) => kind !== "cast");
  const isAt = (edit: Edit, place: WrittenBrand) =>
    edit.file === place.file && edit.start <= place.start && place.start < edit.end;
  return {
    question,
    version,
    producers: sources,
    written,
    report,
    agreed: declared.filter((place) => annotations.some((edit) => isAt(edit, place))),
    missed: declared.filter((place) => !annotations.some((edit) => isAt(edit, place))),
    extra: annotations.filter((edit) => !written.some((place) => isAt(edit, place))),
    worse: worse.map((complaint) => complaint.replace(`${folder}/`, "")),
  };
}

/** The line of an offset, for a reader. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

import { table } from "../markdown.ts";
import { type Cause, causeOfExtra, causeOfMissed, causeText } from "./cause.ts";
import type { Recovery } from "./recover.ts";

/** The table of figures, one row a brand, as Markdown. */
export function figuresTable(recoveries: readonly Recovery[]): string {
  const rows = recoveries.map((recovery) => {
    const { question, version, mints, entries, agreed, missed, extra, casts, report, worse } = recovery;
    return [
      `${question.package} ${version}`,
      `\`${nameOf(recovery)}\``,
      mints,
      entries.length === 0 ? "blind" : entries.length,
      agreed.length + missed.length,
      agreed.length,
      share(agreed.length, agreed.length + missed.length),
      extra.length,
      share(agreed.length, agreed.length + extra.length),
      `${casts} / ${report.edits.filter(({ kind }) => kind === "cast").length}`,
      worse.length,
      report.verdict?.newDiagnostics.length ?? "not asked",
    ];
  });
  const head = [
    ...["package", "brand", "mints", "entries", "written", "recovered", "recall", "extra", "precision"],
    ...["casts, theirs / ours", "complaints when stripped", "complaints with the edits"],
  ];
  return table(head, rows);
}

/** How many differences each cause accounts for, as Markdown. */
export function causesTable(recoveries: readonly Recovery[]): string {
  const counts = new Map<Cause, number>();
  for (const { cause } of recoveries.flatMap(differences)) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  const rows = [...counts].sort(([, a], [, b]) => b - a).map(([cause, count]) => [cause, count, causeText[cause]]);
  return table(["cause", "places", "what it is"], rows);
}

/** Every difference, by question and cause, as Markdown. */
export function differencesList(recoveries: readonly Recovery[]): string {
  const sections = recoveries.map((recovery) => {
    const kinds = new Map<string, string[]>();
    for (const { sign, place, cause } of differences(recovery)) {
      const kind = `${sign}, ${cause}`;
      kinds.set(kind, [...(kinds.get(kind) ?? []), `  - \`${place}\``]);
    }
    const lines = [...kinds].flatMap(([kind, places]) => [`- ${kind}:`, ...places]);
    const how = recovery.entries.length === 0 ? "blind" : "with entries";
    return `### ${nameOf(recovery)}, ${how}\n\n${lines.length === 0 ? "None." : lines.join("\n")}`;
  });
  return sections.join("\n\n");
}

interface Difference {
  /** Left alone by the meter, or by the authors. */
  readonly sign: "missed" | "extra";
  readonly place: string;
  readonly cause: Cause;
}

function differences(recovery: Recovery): readonly Difference[] {
  const { missed, extra } = recovery;
  const brand = nameOf(recovery);
  return [
    ...missed.map((place) => ({
      sign: "missed" as const,
      place: `${place.file} ${place.place.replaceAll(/\s+/g, " ")}`,
      cause: causeOfMissed(place, recovery, brand),
    })),
    ...extra.map((edit) => ({
      sign: "extra" as const,
      place: edit.position ?? edit.file,
      cause: causeOfExtra(edit, brand),
    })),
  ];
}

function nameOf({ question }: Recovery): string {
  return question.brand.split("#")[1] ?? question.brand;
}

function share(part: number, whole: number): string {
  return whole === 0 ? "n/a" : `${Math.round((100 * part) / whole)} %`;
}

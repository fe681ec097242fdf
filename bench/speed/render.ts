import { table } from "../markdown.ts";
import type { SubjectResult } from "./bench-subject.ts";
import type { Result, Spread } from "./rounds.ts";

/** The meter against the compilers and the loop, one row a subject, as Markdown. */
export function ratiosTable(results: readonly SubjectResult[]): string {
  const head = [
    ...["project", "tsc 6.0", "measure", "of tsc 6.0", "of tsc 7.0", "memory, tsc 6.0", "measure", "of tsc 6.0"],
    ...["the verdict, in tsc 6.0", "the loop", "of measure", "how the loop ended"],
  ];
  return table(head, results.map(ratiosRow));
}

function ratiosRow({ subject, tsc6, tsc7, meter, verified, loop }: SubjectResult): readonly string[] {
  return [
    subject.name,
    timeOf(tsc6.seconds),
    timeOf(meter.seconds),
    ratio(meter.seconds, tsc6.seconds),
    ratio(meter.seconds, tsc7.seconds),
    memoryOf(tsc6),
    memoryOf(meter),
    ratio(meter.megabytes, tsc6.megabytes),
    ((verified.seconds.median - meter.seconds.median) / tsc6.seconds.median).toFixed(2),
    loop === undefined ? "" : `${loop.seconds.toFixed(1)} s`,
    loop === undefined ? "" : `${(loop.seconds / meter.seconds.median).toFixed(1)} x`,
    loop === undefined ? "" : `${loop.end}: ${loop.errors} errors after ${loop.rounds} rounds, ${loop.edits} edits`,
  ];
}

/** What was reached, and where the meter's time went, as Markdown. */
export function phasesTable(results: readonly SubjectResult[]): string {
  const head = ["project", "edits", "files", "load", "collect", "solve", "plan", "rest"];
  const rows = results.map(({ subject, meter, report }) => {
    const { totalMs: _, verify: __, ...phases } = report.timings;
    const spent = Object.values(phases).reduce((total, each) => total + each, 0);
    const rest = meter.seconds.median * 1000 - spent;
    const { load, collect, solve, plan } = phases;
    const times = [load, collect, solve, plan, rest].map((milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`);
    return [subject.name, report.churn.edits, report.churn.files, ...times];
  });
  return table(head, rows);
}

function timeOf({ median, lowest, highest }: Spread): string {
  return `${median.toFixed(1)} s (${lowest.toFixed(1)}-${highest.toFixed(1)})`;
}

function memoryOf({ megabytes }: Result): string {
  return megabytes === undefined ? "n/a" : `${megabytes.median.toFixed(0)} MB`;
}

function ratio(a: Spread | undefined, b: Spread | undefined): string {
  return a === undefined || b === undefined ? "n/a" : `${(a.median / b.median).toFixed(2)} x`;
}

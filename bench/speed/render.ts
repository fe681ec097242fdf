import { table } from "../markdown.ts";
import type { SubjectResult } from "./bench-subject.ts";
import type { Result, Spread } from "./rounds.ts";
import { judged, judgeOf, ratiosOf } from "./targets.ts";

/** The meter against the compilers and the loop, one row a subject, as Markdown. */
export function ratiosTable(results: readonly SubjectResult[]): string {
  const head = [
    ...["project", "rounds", "tsc 6.0", "tsc 7.0", "measure --no-verify", "of tsc 6.0", "of tsc 7.0"],
    ...["memory, tsc 6.0", "measure --no-verify", "of tsc 6.0", "the verdict, in checks", "targets"],
  ];
  return table(head, results.map(ratiosRow));
}

function ratiosRow(result: SubjectResult): readonly (string | number)[] {
  const { subject, rounds, tsc6, tsc7, meter } = result;
  const { time, memory, verdict } = ratiosOf(result);
  return [
    ...[subject.name, rounds, timeOf(tsc6.seconds), timeOf(tsc7.seconds), timeOf(meter.seconds)],
    ...[times(time), times(meter.seconds.median / tsc7.seconds.median)],
    ...[memoryOf(tsc6), memoryOf(meter), times(memory)],
    ...[`${verdict.toFixed(2)} of ${judgeOf(result).name}`, judged(result)],
  ];
}

/** What became of the loop, as Markdown. */
export function loopTable(results: readonly SubjectResult[]): string {
  const rows = results.flatMap((result) => {
    const { subject, loop, report } = result;
    if (loop === undefined) return [];
    const isLowerBound = loop.end === "green" ? "" : "more than ";
    const ended = loop.end === "green" ? "green" : `${loop.end} with ${loop.errors} errors`;
    const ratio = `${isLowerBound}${times(ratiosOf(result).loop)}`;
    const complaints = report.verdict?.newDiagnostics.length ?? "not asked";
    return [
      [
        subject.name,
        `${ended} after ${loop.rounds} rounds`,
        loop.edits,
        `${loop.seconds.toFixed(1)} s`,
        ratio,
        complaints,
      ],
    ];
  });
  return table(
    ["project", "the loop ended", "its edits", "its time", "of measure --no-verify", "errors after measure's edits"],
    rows,
  );
}

/** How the time grows with the lines at one reach, and with the reach at one number of lines, as Markdown. */
export function growthTable(results: readonly SubjectResult[]): string {
  const all = results.flatMap((result) => (result.subject.mode === "distinct" ? sized(result) : []));
  const rows = [
    ...grown(
      all.filter(({ size }) => size.reach === 200),
      "lines",
    ),
    ...grown(
      all.filter(({ size }) => size.lines === 200_000),
      "reach",
    ),
  ];
  return table(["lines", "reached files", "measure --no-verify", "what grew", "by", "the time grew by"], rows);
}

interface Sized {
  readonly size: { readonly lines: number; readonly reach: number };
  readonly seconds: number;
}

function sized({ subject, meter }: SubjectResult): readonly Sized[] {
  return subject.size === undefined ? [] : [{ size: subject.size, seconds: meter.seconds.median }];
}

function grown(all: readonly Sized[], by: "lines" | "reach"): readonly (readonly (string | number)[])[] {
  const [first] = all;
  if (first === undefined) return [];
  return all.map(({ size, seconds }) => [
    ...[size.lines, size.reach, `${seconds.toFixed(1)} s`, by],
    ...[times(size[by] / first.size[by]), times(seconds / first.seconds)],
  ]);
}

/** What was reached, and where the time went, as Markdown. */
export function phasesTable(results: readonly SubjectResult[]): string {
  const head = ["project", "edits", "files", "load", "collect", "solve", "plan", "verify", "rest"];
  const rows = results.map(({ subject, verified, report }) => {
    const { load, collect, solve, plan, verify } = report.timings;
    const passes = [load, collect, solve, plan, verify];
    // The process as a whole: its start, and reading and writing outside the passes.
    const rest = verified.last.seconds * 1000 - passes.reduce((total, each) => total + each, 0);
    const phases = [...passes, rest];
    return [
      subject.name,
      report.churn.edits,
      report.churn.files,
      ...phases.map((each) => `${(each / 1000).toFixed(2)} s`),
    ];
  });
  return table(head, rows);
}

function timeOf({ median, lowest, highest }: Spread): string {
  return lowest === highest
    ? `${median.toFixed(1)} s`
    : `${median.toFixed(1)} s (${lowest.toFixed(1)}-${highest.toFixed(1)})`;
}

function memoryOf({ megabytes }: Result): string {
  return megabytes === undefined ? "n/a" : `${megabytes.median.toFixed(0)} MB`;
}

function times(ratio: number | undefined): string {
  return ratio === undefined ? "n/a" : `${ratio.toFixed(2)} x`;
}

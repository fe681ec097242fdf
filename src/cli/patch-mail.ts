import { diffLines } from "diff";
import type { PlanReport, ReportedStep } from "../engine/price/plan-report.ts";
import { tool } from "../engine/tool.ts";
import { counted } from "../report/counted.ts";
import { wrap } from "../report/fit.ts";
import { printable } from "../report/printable.ts";
import type { EditedFile } from "./edited-files.ts";

/** A mail as a file. */
export interface PatchMail {
  readonly name: string;
  readonly subject: string;
  readonly text: string;
  /** Lines that come and go, by file. */
  readonly stat: readonly FileStat[];
  /** Does a line of the diff end in CR LF? */
  readonly hasCarriageReturns: boolean;
}

interface FileStat {
  readonly file: string;
  readonly added: number;
  readonly removed: number;
}

/** What a mail is made of. */
export interface PatchParts {
  readonly step: ReportedStep;
  /** The positions it brands. */
  readonly within: readonly string[];
  readonly report: PlanReport;
  readonly diff: readonly string[];
  readonly files: readonly EditedFile[];
}

/** One patch of the plan: why its conversions belong together, what it costs, and the diff. */
export function patchMail({ step, within, report, diff, files }: PatchParts): PatchMail {
  const subject = titleOf(step, report);
  const stat = files.map(statOf);
  const body = [...reasons(step, within, report), "", ...costs(step, report)];
  const lines = [...headers(numbered(step.patch, report), subject), "", ...body, "---", ...diffstat(stat), "", ...diff];
  const hasCarriageReturns = diff.some((line) => line.endsWith("\r"));
  return { name: fileName(step.patch, subject), subject, text: mailOf(lines), stat, hasCarriageReturns };
}

/** The mail before the patches: the question, what the series buys for what, and the diffstat of all. */
export function coverLetter(report: PlanReport, patches: readonly PatchMail[]): PatchMail {
  const subject = `brand what ${report.migration.sources.map(lastName).join(", ")} gives as ${report.migration.brand}`;
  const stat = summed(patches.flatMap((patch) => patch.stat));
  const last = report.plan.at(-1);
  const hasCarriageReturns = patches.some((patch) => patch.hasCarriageReturns);
  const body = [
    ...wrapped(
      `${counted(last?.releases ?? 0, "release")} of ${report.releases} cannot be the wrong one after this series, for ` +
        `${counted(last?.edits ?? 0, "edit")}: annotations, casts and conversions. Each patch compiles. Apply the ` +
        `numbered patches in their order with git am${hasCarriageReturns ? " --keep-cr" : ""}.`,
    ),
    "",
    ...report.plan.flatMap(({ patch, releases, edits }, i) => {
      const sofar = `${releases} of ${report.releases} releases, ${counted(edits, "edit")} so far`;
      return item(`${patch}. `, `${patches[i]?.subject ?? ""} (${sofar})`);
    }),
    "",
    ...diffstat(stat),
  ];
  const lines = [...headers(numbered(0, report), subject), "", ...body];
  return { name: "0000-cover-letter.patch", subject, text: mailOf(lines), stat, hasCarriageReturns };
}

function titleOf({ module, converted, patch }: ReportedStep, { migration, plan }: PlanReport): string {
  const folder = module.split("/").slice(-2).join("/");
  const [release] = migration.releases;
  const first = patch === 1 ? `introduce ${migration.brand}, ` : "";
  const isAgain = plan.some((other) => other.patch < patch && other.module === module);
  if (converted.length === 0 || release === undefined)
    return `${folder}: ${first}cast no more what is branded on both sides`;
  const rest = isAgain ? " in the rest" : "";
  return `${folder}: ${first}convert ${lastName(release.plain)}() to ${lastName(release.branded)}()${rest}`;
}

function lastName(selector: string): string {
  return printable(selector.split("#").at(-1) ?? selector);
}

function reasons(
  { converted, module }: ReportedStep,
  within: readonly string[],
  report: PlanReport,
): readonly string[] {
  const names = within.map((position) => printable(position.slice(position.indexOf(" ") + 1)));
  const holders = names.filter((name) => name.includes("#"));
  const through = (holders.length > 0 ? holders : names).slice(0, 6).join(", ");
  const places = converted.map(({ file, line }) => `${printable(file)}:${line}`).join(", ");
  const what = `${counted(converted.length, "release")} in ${printable(module)}: ${places}.`;
  const why = `Whoever calls them holds what goes through ${through}, so these have to carry ${report.migration.brand} first.`;
  return [...(converted.length === 0 ? [] : wrapped(what)), ...(through === "" ? [] : ["", ...wrapped(why)])];
}

function costs({ made, takenBack, releases, edits }: ReportedStep, report: PlanReport): readonly string[] {
  const parts = Object.entries(made).map(([kind, count]) => `${kind} ${count}`);
  const back = takenBack === 0 ? "" : ` Takes back ${counted(takenBack, "cast")} of earlier patches.`;
  return wrapped(
    `Edits by kind: ${parts.join(", ")}.${back} So far ${releases} of ${report.releases} releases are protected, for ${edits} edits.`,
  );
}

// The date is the one that git format-patch puts there for every commit.
function headers(number: string, subject: string): readonly string[] {
  const { name } = tool();
  return [
    `From ${"0".repeat(40)} Mon Sep 17 00:00:00 2001`,
    `From: ${name} <${name}@localhost>`,
    `Date: Mon, 17 Sep 2001 00:00:00 +0000`,
    `Subject: [PATCH ${number}] ${subject}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=UTF-8",
    "Content-Transfer-Encoding: 8bit",
  ];
}

function numbered(patch: number, { plan }: PlanReport): string {
  const width = `${plan.length}`.length;
  return `${`${patch}`.padStart(width, "0")}/${plan.length}`;
}

function fileName(patch: number, subject: string): string {
  const words = subject.replace(/[^A-Za-z0-9_.]+/gu, "-").replace(/^-|-$/gu, "");
  return `${`${patch}`.padStart(4, "0")}-${words.slice(0, 60)}.patch`;
}

function mailOf(lines: readonly string[]): string {
  const { name, version } = tool();
  return `${[...lines, "-- ", `${name} ${version}`].join("\n")}\n\n`;
}

function wrapped(text: string): readonly string[] {
  return wrap(text, 72);
}

// Continued below its first word.
function item(mark: string, text: string): readonly string[] {
  return wrap(text, 70 - mark.length).map((line, i) => `  ${i === 0 ? mark : " ".repeat(mark.length)}${line}`);
}

function statOf({ file, before, after }: EditedFile): FileStat {
  const parts = diffLines(before, after);
  const count = (is: "added" | "removed") => parts.reduce((sum, part) => (part[is] ? sum + part.count : sum), 0);
  return { file, added: count("added"), removed: count("removed") };
}

function summed(stats: readonly FileStat[]): readonly FileStat[] {
  const files = [...new Set(stats.map(({ file }) => file))].sort();
  return files.map((file) => {
    const own = stats.filter((stat) => stat.file === file);
    const total = (of: "added" | "removed") => own.reduce((sum, stat) => sum + stat[of], 0);
    return { file, added: total("added"), removed: total("removed") };
  });
}

function diffstat(stats: readonly FileStat[]): readonly string[] {
  const width = Math.max(0, ...stats.map(({ file }) => file.length));
  const lines = stats.map(
    ({ file, added, removed }) => ` ${printable(file).padEnd(width)} | ${added + removed} +${added} -${removed}`,
  );
  const total = (of: "added" | "removed") => stats.reduce((sum, stat) => sum + stat[of], 0);
  const insertions = counted(total("added"), "insertion");
  return [
    ...lines,
    ` ${counted(stats.length, "file")} changed, ${insertions}(+), ${counted(total("removed"), "deletion")}(-)`,
  ];
}

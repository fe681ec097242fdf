import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { InputError } from "../engine/input-error.ts";
import type { PlanStep } from "../engine/price/conversion-plan.ts";
import { planReport } from "../engine/price/plan-report.ts";
import { priceOfProtection } from "../engine/price/price-of-protection.ts";
import { type EditedFile, editedFiles } from "./edited-files.ts";
import { patchBase } from "./patch-base.ts";
import { coverLetter, type PatchMail, patchMail } from "./patch-mail.ts";
import type { Answer, Task } from "./task.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** The conversion plan as mails that `git am` takes, one a patch, and a cover letter; negative when one does not compile. */
export function applySeries(task: Task, folder: string): Answer {
  refuseFull(folder, task.cwd);
  const study = task.study();
  const protection = priceOfProtection(study);
  const report = planReport(study, protection);
  if (report.plan.length === 0) {
    return {
      result: "",
      notes: ["no release can be protected, so there is no series; see userpage plan"],
      negative: true,
    };
  }
  const rejected = report.plan.find(({ newDiagnostics }) => newDiagnostics.length > 0);
  if (rejected !== undefined) {
    const notes = [`the compiler rejects patch ${rejected.patch}, so nothing was written; see userpage plan`];
    return { result: "", notes, negative: true };
  }
  const patches = changesOf(protection.plan, task).map((files, i): PatchMail => {
    const step = report.plan[i];
    const steps = protection.plan;
    if (step === undefined) throw new Error("a patch without its step");
    return patchMail({ step, within: branded(steps, i), report, diff: files.diff, files: files.changed });
  });
  const mails = [coverLetter(report, patches), ...patches];
  const shown = relative(task.cwd, folder).replaceAll(sep, "/") || ".";
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, text } of mails) writeFileSync(join(folder, name), text, { flag: "wx" });
  } catch (error) {
    throw new InputError(`--series ${shown}: cannot be written (${messageOf(error)}); name a folder that can`);
  }
  const notes = patches.some(({ hasCarriageReturns }) => hasCarriageReturns) ? [carriageReturns] : [];
  return { result: mails.map(({ name }) => `${shown}/${name}\n`).join(""), notes, negative: false };
}

const carriageReturns = "lines end in CR LF, which git am takes off; apply the series with git am --keep-cr";

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/,.*$/u, "") : String(error);
}

function refuseFull(folder: string, cwd: string): void {
  const there = filesIn(folder).filter((file) => file.endsWith(".patch"));
  if (there.length === 0) return;
  const shown = relative(cwd, folder).replaceAll(sep, "/") || ".";
  throw new InputError(`--series ${shown}: holds patches already (${there[0]}); name an empty folder`);
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

// What is branded by this patch and was not before.
function branded(steps: readonly PlanStep[], i: number): readonly string[] {
  const before = steps[i - 1]?.within ?? new Set();
  return [...(steps[i]?.within ?? [])].filter((position) => !before.has(position));
}

interface PatchFiles {
  readonly diff: readonly string[];
  readonly changed: readonly EditedFile[];
}

// Each patch goes from the texts of the one before to its own.
function changesOf(steps: readonly PlanStep[], task: Task): readonly PatchFiles[] {
  const states = steps.map(({ answer }) => new Map(editedFiles(answer, task.cwd).map((file) => [file.file, file])));
  const base = patchBase(
    states.flatMap((state) => [...state.values()]),
    task.cwd,
    task.root ?? task.cwd,
  );
  return states.map((state, i) => {
    const before = states[i - 1] ?? new Map<string, EditedFile>();
    const names = [...new Set([...before.keys(), ...state.keys()])].sort();
    const changed = names.flatMap((name): readonly EditedFile[] => {
      const [old, now] = [before.get(name), state.get(name)];
      const original = (now ?? old)?.before ?? "";
      const [from, to] = [old?.after ?? original, now?.after ?? original];
      const path = resolve(task.cwd, name);
      const file = relative(base, path).replaceAll(sep, "/");
      return from === to ? [] : [{ file, path, before: from, after: to }];
    });
    return { diff: unifiedDiff(changed, base), changed };
  });
}

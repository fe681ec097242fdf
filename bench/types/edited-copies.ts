import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ComparedStrategy, Comparison } from "../../src/engine/compare.ts";
import { applyChanges, byFile, type Edit } from "../../src/engine/edit.ts";
import { commandLine, repository } from "../ask-meter.ts";

/** A copy of the kernel model: as it is, or as one strategy leaves it. */
export interface Copy {
  readonly name: string;
  /** Its folder, with a tsconfig.json. */
  readonly project: string;
}

const model = join(repository, "src/kernel");

/** What there is to check, and the strategies left out because the compiler rejects their edits. */
export interface EditedCopies {
  /** Where they lie; whoever asked for them removes it. */
  readonly workshop: string;
  readonly copies: readonly Copy[];
  readonly rejected: readonly string[];
}

/** The model as it is, twice, then once for each strategy that `userpage compare` carries out on the main question. */
export function editedCopies(): EditedCopies {
  const workshop = mkdtempSync(join(tmpdir(), "userpage-types-"));
  const copy = (name: string, edits: readonly Edit[]) => ({ name, project: copyModel(join(workshop, name), edits) });
  const { strategies } = compared();
  const isAccepted = ({ report }: ComparedStrategy) => report.verdict?.newDiagnostics.length === 0;
  const edited = strategies.filter(isAccepted).map(({ strategy, report }) => {
    return copy(strategy, [...report.edits, ...report.conversions]);
  });
  const rejected = strategies.filter((each) => !isAccepted(each)).map(({ strategy }) => strategy);
  return { workshop, copies: [copy("before", []), copy("before, once more", []), ...edited], rejected };
}

function compared(): Comparison {
  const question = ["--config", "userpage.config.json", "--flag", "mm/pin_counting.ts#page_maybe_dma_pinned"];
  const args = [commandLine, "compare", ...question, "--format", "json"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: model, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (!stdout.startsWith("{")) throw new Error(`compare gave no answer: ${stderr}`);
  return JSON.parse(stdout) as Comparison;
}

function copyModel(folder: string, edits: readonly Edit[]): string {
  mkdirSync(folder);
  cpSync(model, folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const [file, changes] of byFile(edits)) {
    writeFileSync(join(folder, file), applyChanges(readFileSync(join(model, file), "utf8"), changes));
  }
  return folder;
}

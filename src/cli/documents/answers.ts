import { fileURLToPath } from "node:url";
import type { Report } from "../../engine/answer/report.ts";
import type { Comparison } from "../../engine/compare.ts";
import type { PlanReport } from "../../engine/price/plan-report.ts";
import { ioIn } from "../fixtures/in-folder.ts";
import { run } from "../run.ts";

/** The repository's folder. */
export const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** How a document begins a command that the tests carry out. */
export const program = "node dist/cli/main.cjs ";

const model = "src/kernel/userpage.config.json";

/** The questions that documents quote, by the name that their figures begin with. */
export const questions = {
  main: `measure --config ${model}`,
  directIo: "measure --config src/kernel/direct-io.config.json",
  cut: `measure --config ${model} --strategy cut`,
  compare: `compare --config ${model} --flag src/kernel/mm/pin_counting.ts#page_maybe_dma_pinned`,
  plan: `plan --config ${model}`,
} as const;

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

// A question takes many seconds, and several documents ask it.
const outcomes = new Map<string, Outcome>();

/** The outcome of a command line without the program's name; whatever its format, a quoted question is asked once. */
export function outcomeOf(command: string): Outcome {
  const asked = Object.values(questions).find((question) => question === command.replace(/ --format \w+/u, ""));
  const line = asked === undefined ? command : `${asked} --format json`;
  const outcome = outcomes.get(line) ?? runInRepository(line);
  outcomes.set(line, outcome);
  return outcome;
}

/** The answer to one of the questions, as it is in JSON. */
export function answerTo(name: string): unknown {
  const question = Object.entries(questions).find(([known]) => known === name)?.[1];
  if (question === undefined) throw new Error(`no question ${name}; those are ${Object.keys(questions).join(", ")}`);
  return JSON.parse(outcomeOf(question).stdout);
}

/** The report on the whole model. */
export function mainReport(): Report {
  return JSON.parse(outcomeOf(questions.main).stdout);
}

/** The strategies, compared on the whole model. */
export function comparison(): Comparison {
  return JSON.parse(outcomeOf(questions.compare).stdout);
}

/** The price curve of the whole model. */
export function priceReport(): PlanReport {
  return JSON.parse(outcomeOf(questions.plan).stdout);
}

function runInRepository(command: string): Outcome {
  const argv = [...command.matchAll(/'([^']*)'|\S+/gu)].map(([word, quoted]) => quoted ?? word);
  const { io, printed } = ioIn(repository);
  return { code: run(argv, io), ...printed };
}

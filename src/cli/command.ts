import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { InputError } from "../engine/input-error.ts";
import type { Measurement } from "../engine/measure.ts";
import type { MeasureRequest } from "../engine/question.ts";
import { jsonOf } from "../report/json.ts";
import { printable } from "../report/printable.ts";
import { applyVerb } from "./apply-verb.ts";
import { configName, findConfig, folderOf } from "./config.ts";
import { configSchema } from "./config-schema.ts";
import { explainVerb } from "./explain-verb.ts";
import { formatOf } from "./format.ts";
import { help } from "./help.ts";
import type { Io } from "./io.ts";
import { lookOf } from "./look.ts";
import { measureVerb } from "./measure-verb.ts";
import { type CommandLine, type Options, parseCommandLine, type Verb, verbOf } from "./options.ts";
import { recover } from "./recover.ts";
import { requestOf } from "./settings.ts";
import type { Answer, Task } from "./task.ts";
import { versionOf } from "./version.ts";

const answers = {
  measure: measureVerb,
  apply: applyVerb,
  explain: explainVerb,
} as const satisfies Record<Verb, (task: Task) => Answer>;

/** Runs one command line; answers 0 done, 1 negative. @throws InputError for wrong usage or unreadable input */
export function command(argv: readonly string[], io: Io, measure: (request: MeasureRequest) => Measurement): number {
  const line = parseCommandLine(argv);
  const text = textAsked(line.options);
  if (text !== undefined) {
    io.stdout.write(text);
    return 0;
  }

  const verb = verbOf(argv.length === 0 ? verbByConfig(io.cwd) : line.verb);
  const task = taskOf(verb, line, io, measure);
  const note = (words: string) => io.stderr.write(`userpage: ${oneLine(words)}\n`);
  const recovered = recover(folderOf(resolve(io.cwd, task.request.project)));
  if (recovered !== undefined) note(recovered);
  if (io.isTTY && !line.options.quiet) note(`reading ${task.request.project} ...`);

  const answer = answers[verb](task);
  deliver(answer.result, line.options.out, io);
  if (!line.options.quiet || answer.negative) answer.notes.forEach(note);
  return answer.negative ? 1 : 0;
}

/** Text from files and arguments on one line, so that an error stays the one line it promises to be. */
export function oneLine(words: string): string {
  return printable(words.replace(/\s*\n\s*/gu, " "));
}

function textAsked(options: Options): string | undefined {
  if (options.help) return help;
  if (options.version) return `userpage ${versionOf()}\n`;
  return options["config-schema"] ? jsonOf(configSchema) : undefined;
}

function verbByConfig(cwd: string): Verb {
  if (findConfig(undefined, undefined, cwd) !== undefined) return "measure";
  throw new InputError(`no arguments and no ${configName} here or above; see userpage --help`);
}

function taskOf(verb: Verb, { operands, options }: CommandLine, io: Io, measure: Task["measure"]): Task {
  refuseMisplaced(verb, operands, options);
  return {
    format: formatOf(options.format),
    request: requestOf(options, io.cwd),
    look: lookOf(io, options.out),
    operand: operands.join(" "),
    write: options.write === true,
    onTerminal: io.isTTY && options.out === undefined,
    measure,
  };
}

function refuseMisplaced(verb: Verb, operands: readonly string[], { write, out }: Options): void {
  if (verb === "explain" && operands.length === 0) {
    throw new InputError("explain what? name a position's id or file:line, such as userpage explain src/ids.ts:12");
  }
  if (verb !== "explain" && operands.length > 0) {
    throw new InputError(`${verb} takes no ${operands.join(" ")}; options begin with --`);
  }
  if (write && verb !== "apply") throw new InputError(`--write is for apply; ${verb} changes no file`);
  if (write && out !== undefined) throw new InputError("--write changes the files and prints no diff; leave out --out");
}

function deliver(result: string, out: string | undefined, io: Io): void {
  if (out === undefined) {
    io.stdout.write(result);
    return;
  }
  try {
    writeFileSync(resolve(io.cwd, out), result);
  } catch (error) {
    throw new InputError(`--out ${out}: cannot be written: ${error instanceof Error ? error.message : error}`);
  }
}

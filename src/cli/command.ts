import { resolve } from "node:path";
import { graphSchema } from "../engine/graph/graph-schema.ts";
import { InputError } from "../engine/input-error.ts";
import type { Study } from "../engine/measure.ts";
import { measureGraph } from "../engine/measure-graph.ts";
import { measureParts } from "../engine/parts.ts";
import type { MeasureRequest } from "../engine/question.ts";
import { tool } from "../engine/tool.ts";
import { jsonOf } from "../report/json.ts";
import { printable } from "../report/printable.ts";
import { applyVerb } from "./apply-verb.ts";
import { compareVerb } from "./compare-verb.ts";
import { configName, findConfig, folderOf } from "./config.ts";
import { configSchema } from "./config-schema.ts";
import { explainVerb } from "./explain-verb.ts";
import { formatOf } from "./format.ts";
import { readGraphFile } from "./graph-file.ts";
import { help } from "./help.ts";
import type { Io } from "./io.ts";
import { lookOf } from "./look.ts";
import { measureVerb } from "./measure-verb.ts";
import { mistakesVerb } from "./mistakes-verb.ts";
import { type CommandLine, type Options, parseCommandLine, type Verb, verbOf } from "./options.ts";
import { planVerb } from "./plan-verb.ts";
import { type Progress, progressOn } from "./progress.ts";
import { recover } from "./recover.ts";
import { refuseUnused } from "./refuse-unused.ts";
import { openRequestOf, partsOf, requestOf } from "./settings.ts";
import type { Answer, Ask, Task } from "./task.ts";
import { refuseNoFile, writeOut } from "./write-out.ts";

const answers = {
  measure: measureVerb,
  apply: applyVerb,
  explain: explainVerb,
  compare: compareVerb,
  plan: planVerb,
  mistakes: mistakesVerb,
} as const satisfies Record<Verb, (task: Task) => Answer>;

/** Runs one command line; answers 0 done, 1 negative. @throws InputError for wrong usage or unreadable input */
export function command(argv: readonly string[], io: Io, ask: Ask): number {
  const line = parseCommandLine(argv);
  const text = textAsked(line.options);
  if (text !== undefined) {
    io.stdout.write(text);
    return 0;
  }

  const verb = verbOf(argv.length === 0 ? verbByConfig(io.cwd) : line.verb);
  const quiet = line.options.quiet === true;
  const note = (words: string) => io.stderr.write(`userpage: ${oneLine(words)}\n`);
  const progress = progressOn(io, quiet, line.options.graph ?? line.options.project ?? "the project");
  const task = taskOf(verb, line, io, (request) => ask(request, progress.watch));
  const recovered = task.root === undefined ? undefined : recover(task.root);
  if (recovered !== undefined) note(recovered);

  const { out } = line.options;
  if (out !== undefined) refuseNoFile(resolve(io.cwd, out), out);
  const answer = answered(verb, task, progress);
  deliver(answer.result, out, io);
  if (!quiet || answer.negative) answer.notes.forEach(note);
  return answer.negative ? 1 : 0;
}

function answered(verb: Verb, task: Task, progress: Progress): Answer {
  try {
    return answers[verb](task);
  } finally {
    progress.erase();
  }
}

/** Text from files and arguments on one line, so that an error stays the one line it promises to be. */
export function oneLine(words: string): string {
  return printable(words.replace(/\s*\n\s*/gu, " "));
}

function textAsked(options: Options): string | undefined {
  if (options.help) return help;
  if (options.version) return `userpage ${tool().version}\n`;
  if (options["config-schema"]) return jsonOf(configSchema);
  return options["graph-schema"] ? jsonOf(graphSchema) : undefined;
}

function verbByConfig(cwd: string): Verb {
  if (findConfig(undefined, undefined, cwd) !== undefined) return "measure";
  throw new InputError(`no arguments and no ${configName} here or above; see userpage --help`);
}

function taskOf(verb: Verb, line: CommandLine, io: Io, ask: (request: MeasureRequest) => Study): Task {
  const { operands, options } = line;
  refuseMisplaced(verb, operands, options);
  return {
    cwd: io.cwd,
    format: formatOf(options.format, verb),
    look: lookOf(io, options.out),
    operand: operands.join(" "),
    operands,
    write: options.write === true,
    series: options.series === undefined ? undefined : resolve(io.cwd, options.series),
    onTerminal: io.isTTY && options.out === undefined,
    holdSignals: io.holdSignals,
    ...subjectOf(verb, options, io.cwd, ask),
  };
}

function subjectOf(
  verb: Verb,
  options: Options,
  cwd: string,
  ask: (request: MeasureRequest) => Study,
): Pick<Task, "root" | "request" | "measure" | "parts" | "study"> {
  const { graph } = options;
  if (graph !== undefined) {
    const asked = readGraphFile(graph, options, cwd);
    const refuse = () => refuseGraph(verb);
    const measure = () => measureGraph(asked, graph);
    return { root: undefined, request: refuse, measure, parts: () => [], study: refuse };
  }
  const request = verb === "mistakes" ? openRequestOf(options, cwd) : requestOf(options, cwd);
  refuseUnused(verb, options, request.migration);
  // The compiler's verdict explains nothing.
  const asked: MeasureRequest = verb === "explain" ? { ...request, verify: "no" } : request;
  return {
    root: folderOf(resolve(cwd, request.project)),
    request: () => request,
    measure: (search) => ask({ ...asked, search }).measurement,
    parts: (whole) => measureParts(whole, asked, partsOf(options, cwd)),
    study: () => ask(asked),
  };
}

function refuseGraph(verb: Verb): never {
  throw new InputError(`${verb} asks a compiler; a --graph has no texts`);
}

function refuseMisplaced(verb: Verb, operands: readonly string[], { write, out, graph, series }: Options): void {
  if (verb === "explain" && operands.length === 0) {
    throw new InputError("explain what? name a position's id or file:line, such as userpage explain src/ids.ts:12");
  }
  if (verb !== "explain" && verb !== "mistakes" && operands.length > 0) {
    throw new InputError(`${verb} takes no ${operands.join(" ")}; options begin with --`);
  }
  if (verb === "apply" && graph !== undefined) throw new InputError("apply edits a project; a --graph has no texts");
  if (series !== undefined && verb !== "apply") throw new InputError(`--series is for apply; ${verb} makes no patches`);
  if (series !== undefined && write) throw new InputError("--series writes patches, --write the files; leave one out");
  if (write && verb !== "apply") throw new InputError(`--write is for apply; ${verb} changes no file`);
  if (write && out !== undefined) throw new InputError("--write changes the files and prints no diff; leave out --out");
}

function deliver(result: string, out: string | undefined, io: Io): void {
  if (out === undefined) {
    io.stdout.write(result);
    return;
  }
  io.holdSignals();
  writeOut(resolve(io.cwd, out), out, result);
}

import type { ReportedPart } from "../engine/answer/report.ts";
import type { Watch } from "../engine/clock.ts";
import type { Measurement, Study } from "../engine/measure.ts";
import type { MeasureRequest, Place } from "../engine/question.ts";
import type { TextLook } from "../report/text.ts";
import type { Format } from "./format.ts";

/** One run, after the command line and the configuration are understood. */
export interface Task {
  /** Absolute. */
  readonly cwd: string;
  /** The project's folder, absolute; undefined for a graph, which has none. */
  readonly root: string | undefined;
  readonly format: Format;
  readonly look: TextLook;
  /** What follows the verb. */
  readonly operand: string;
  /** The same, one by one. */
  readonly operands: readonly string[];
  /** Change the files? */
  readonly write: boolean;
  /** The folder for a series of patches, absolute. */
  readonly series: string | undefined;
  /** Does the result go to a terminal as it is? */
  readonly onTerminal: boolean;
  /** To be called before files are written. */
  readonly holdSignals: () => void;
  /** What is asked. @throws InputError for a graph, which has no texts */
  readonly request: () => MeasureRequest;
  /** Asks the engine, which is to search these lines in any case. */
  readonly measure: (search: readonly Place[]) => Measurement;
  /** The same question asked of the parts that the configuration names, each alone. */
  readonly parts: (whole: Measurement) => readonly ReportedPart[];
  /** The same, open to further questions about the same project. @throws InputError for a graph, which has no texts */
  readonly study: () => Study;
}

/** What a verb answers: the result, the notes for stderr, and whether the answer is negative. */
export interface Answer {
  readonly result: string;
  readonly notes: readonly string[];
  readonly negative: boolean;
}

/** The engine, as the command line asks it. */
export type Ask = (request: MeasureRequest, watch: Watch) => Study;

import type { Measurement } from "../engine/measure.ts";
import type { MeasureRequest } from "../engine/question.ts";
import type { TextLook } from "../report/text.ts";
import type { Format } from "./format.ts";

/** One run, after the command line and the configuration are understood. */
export interface Task {
  readonly request: MeasureRequest;
  readonly format: Format;
  readonly look: TextLook;
  /** What follows the verb. */
  readonly operand: string;
  /** Change the files? */
  readonly write: boolean;
  /** Does the result go to a terminal as it is? */
  readonly onTerminal: boolean;
  readonly measure: (request: MeasureRequest) => Measurement;
}

/** What a verb answers: the result, the notes for stderr, and whether the answer is negative. */
export interface Answer {
  readonly result: string;
  readonly notes: readonly string[];
  readonly negative: boolean;
}

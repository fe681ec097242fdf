import { dirname } from "node:path";
import { ts } from "ts-morph";
import { askOwn } from "./ask-own.ts";
import { bundledCompiler, type ReadTrees } from "./bundled.ts";
import { judge } from "./classic.mjs";
import { findOwnCompiler } from "./own-compiler.ts";
import type { JudgeAnswer, JudgeQuestion } from "./protocol.ts";

/** An answer, and which compiler gave it, in words. */
export interface Asked extends JudgeAnswer {
  readonly compiler: string;
}

/**
 * Asks the compiler that the project brings along, in a process of its own, else the one that reads projects here.
 * A compiler that crashed printed no errors, so one that gives no answer is named, and the bundled one asked instead.
 * @param configFile absolute
 * @param read what the bundled one need not parse again
 */
export function ask(configFile: string, question: JudgeQuestion, read?: ReadTrees): Asked {
  const folder = dirname(configFile);
  const own = findOwnCompiler(folder);
  if (own === undefined)
    return { ...judge(bundledCompiler(folder, read), question), compiler: `TypeScript ${ts.version}` };
  const told = askOwn(own, question);
  if (told.kind === "answer") return { ...told.answer, compiler: `TypeScript ${own.version} (the project's own)` };
  const compiler = `TypeScript ${ts.version} (the project's own ${own.version} gave no answer: ${told.reason})`;
  return { ...judge(bundledCompiler(folder, read), question), compiler };
}

import { spawnSync } from "node:child_process";
import { judgeProgram } from "../tool.ts";
import type { JudgeAnswer, JudgeQuestion, OwnCompiler } from "./protocol.ts";

/** What came of asking: an answer, or why there is none. */
export type Told =
  | { readonly kind: "answer"; readonly answer: JudgeAnswer }
  | { readonly kind: "none"; readonly reason: string };

/** Asks in a process of its own: whatever that compiler does to its memory, its globals or itself, it does it there. */
export function askOwn(compiler: OwnCompiler, question: JudgeQuestion): Told {
  const { status, signal, error, stderr, output } = spawnSync(process.execPath, [judgeProgram], {
    input: JSON.stringify({ compiler, question }),
    stdio: ["pipe", "ignore", "pipe", "pipe"],
    encoding: "utf8",
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  const written = output?.[3] ?? "";
  if (status === 0 && written !== "") return { kind: "answer", answer: JSON.parse(written) as JudgeAnswer };
  return { kind: "none", reason: error?.message ?? lastError(stderr) ?? `ended by ${signal ?? `exit code ${status}`}` };
}

// Node prints the place, the line of code, the error and its stack; the error is what says most.
function lastError(stderr: string): string | undefined {
  const lines = stderr.split("\n").map((line) => line.trim());
  return lines.find((line) => /^(\w*Error|FATAL ERROR)\b/.test(line));
}

import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Prepared } from "./prepare.ts";
import type { Notices } from "./run-mutant.ts";

/**
 * Runs every mistake in one of several processes. One that ends without an answer, out of memory for example, has
 * crashed, and a new process goes on after it.
 */
export async function runAll(
  prepared: Prepared,
  processes: number,
  told: (done: number) => void,
): Promise<ReadonlyMap<string, Notices>> {
  const folder = mkdtempSync(join(tmpdir(), "userpage-mistakes-"));
  const file = join(folder, "job.json");
  writeFileSync(file, JSON.stringify(prepared));
  const notices = new Map<string, Notices>();
  const queue = [...prepared.runs.keys()];
  const answer = (index: number, each: Notices) => {
    notices.set(prepared.runs[index]?.key ?? "", each);
    told(notices.size);
  };
  await Promise.all(Array.from({ length: processes }, () => work(file, queue, answer)));
  rmSync(folder, { recursive: true });
  return notices;
}

async function work(file: string, queue: number[], answer: (index: number, notices: Notices) => void): Promise<void> {
  while (queue.length > 0) await oneProcess(file, queue, answer);
}

function oneProcess(file: string, queue: number[], answer: (index: number, notices: Notices) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, "worker.js"), [file], {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    let current: number | undefined;
    let isReady = false;
    child.on("message", (message) => {
      isReady = true;
      if (current !== undefined) answer(current, message as Notices);
      current = next(child, queue);
    });
    child.on("exit", () => {
      if (!isReady) reject(new Error("a process that plays mistakes did not begin"));
      if (current !== undefined) answer(current, { crash: "the process ended" });
      resolve();
    });
  });
}

function next(child: ChildProcess, queue: number[]): number | undefined {
  const index = queue.shift();
  if (index === undefined) child.disconnect();
  else child.send(index);
  return index;
}

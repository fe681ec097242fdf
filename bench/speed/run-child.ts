import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** One run of a program as a whole process, start and end included. */
export interface Run {
  readonly seconds: number;
  /** The most memory it held at once with all its child processes; undefined where there is no /proc. */
  readonly megabytes: number | undefined;
  readonly code: number | null;
  readonly stdout: string;
}

const pollMilliseconds = 15;

/** Runs a program to its end, and nothing else meanwhile. */
export function runChild(command: string, args: readonly string[], cwd: string): Promise<Run> {
  const start = performance.now();
  const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
  const peaks = new Map<number, number>();
  // The kernel keeps the high-water mark itself: asking often only makes sure that the last answer is near the end.
  const timer = setInterval(() => notePeaks(child.pid, peaks), pollMilliseconds);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(timer);
      const seconds = (performance.now() - start) / 1000;
      const kilobytes = [...peaks.values()].reduce((total, each) => total + each, 0);
      const megabytes = peaks.size === 0 ? undefined : kilobytes / 1024;
      resolve({ seconds, megabytes, code, stdout: Buffer.concat(chunks).toString("utf8") });
    });
  });
}

function notePeaks(pid: number | undefined, peaks: Map<number, number>): void {
  if (pid === undefined) return;
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readProc(`/proc/${pid}/status`))?.[1];
  if (peak !== undefined) peaks.set(pid, Number(peak));
  for (const thread of listProc(`/proc/${pid}/task`)) {
    for (const child of readProc(`/proc/${pid}/task/${thread}/children`).split(" ")) {
      if (child !== "") notePeaks(Number(child), peaks);
    }
  }
}

// A process may end between two looks.
function readProc(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function listProc(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

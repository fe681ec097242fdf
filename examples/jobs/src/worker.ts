import { close, NO_FILE, readRest } from "./files.ts";
import { type Job, next } from "./queue.ts";

/** Does what waits, and closes each file whatever happens. */
export function drain(log: (line: string) => void): void {
  for (let job = next(); job !== undefined; job = next()) {
    if (job.fd === NO_FILE) log(`job ${job.id}: no such file`);
    else work(job, log);
  }
}

function work({ id, fd }: Job, log: (line: string) => void): void {
  try {
    log(`job ${id}: ${readRest(fd)}`);
  } finally {
    close(fd);
  }
}

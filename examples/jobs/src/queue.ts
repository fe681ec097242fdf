/** Work that waits for a worker, with the open file that it works on. */
export interface Job {
  readonly id: number;
  readonly fd: number;
  /** The lowest first. */
  readonly priority: number;
}

const waiting = new Map<number, Job>();
let created = 0;

/** Takes an open file over; the answer is the job's number, for `withdraw()`. */
export function submit(fd: number, priority: number): number {
  const id = ++created;
  waiting.set(id, { id, fd, priority });
  return id;
}

/** The job whose turn it is, and its open file with it. */
export function next(): Job | undefined {
  const [first] = [...waiting.values()].sort((a, b) => a.priority - b.priority);
  if (first !== undefined) waiting.delete(first.id);
  return first;
}

/** Takes a job out and hands its open file back; undefined when its turn has come already. */
export function withdraw(id: number): number | undefined {
  const job = waiting.get(id);
  waiting.delete(id);
  return job?.fd;
}

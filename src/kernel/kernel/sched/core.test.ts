import { beforeEach, expect, test } from "vitest";
import { after, resetClock } from "../../hardware/clock.ts";
import { seedRandom } from "../../hardware/random.ts";
import { init_mm } from "../../mm/init-mm.ts";
import { down_read, up_read } from "../locking/rwsem.ts";
import { irq_init } from "../softirq.ts";
import { INIT_WORK, schedule_work, workqueue_init } from "../workqueue.ts";
import {
  copy_process,
  current,
  enqueue_task,
  io_schedule,
  nested_system_calls,
  sched_init,
  schedule,
  set_current_state,
  wake_up_process,
} from "./core.ts";

const story: string[] = [];

beforeEach(() => {
  story.length = 0;
  seedRandom(1);
  resetClock();
  irq_init();
  sched_init();
  workqueue_init();
});

function sleepUntil(time: number, what: string): void {
  const sleeper = current();
  after(time, () => {
    story.push(`interrupt for ${what}`);
    wake_up_process(sleeper);
  });
  set_current_state("TASK_UNINTERRUPTIBLE");
  io_schedule();
}

function call(what: string, body: () => void): void {
  enqueue_task(copy_process(init_mm), () => {
    const task = current();
    story.push(`${what} begins`);
    body();
    story.push(`${what} ends${current() === task ? "" : " as another task"}`);
  });
}

function playAll(seed: number): readonly string[] {
  seedRandom(seed);
  while (schedule());
  return [...story];
}

test("a system call that begins while another one sleeps is done before that one goes on", () => {
  const stories = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => {
    story.length = 0;
    call("a", () => sleepUntil(10, "a"));
    call("b", () => sleepUntil(50, "b"));
    return playAll(seed).join(", ");
  });
  expect(new Set(stories)).toEqual(
    new Set([
      "a begins, b begins, interrupt for a, interrupt for b, b ends, a ends",
      "b begins, a begins, interrupt for a, a ends, interrupt for b, b ends",
      "a begins, interrupt for a, a ends, b begins, interrupt for b, b ends",
      "b begins, interrupt for b, b ends, a begins, interrupt for a, a ends",
    ]),
  );
  expect(nested_system_calls()).toBeGreaterThan(0);
});

test("nobody begins while somebody sleeps with a lock, the interrupt comes nevertheless", () => {
  call("a", () => {
    down_read(init_mm.mmap_sem);
    schedule_work(INIT_WORK(() => story.push("work item"), null));
    sleepUntil(50, "a");
    up_read(init_mm.mmap_sem);
  });
  call("b", () => {});
  for (const seed of [1, 2, 3, 4, 5]) {
    const told = playAll(seed);
    const begins = told.indexOf("a begins");
    expect(told.slice(begins, begins + 3)).toEqual(["a begins", "interrupt for a", "a ends"]);
    expect(told.filter((line) => line === "work item")).toHaveLength(1);
  }
});

test("the seed decides who goes first, and decides the same again", () => {
  const orders = [1, 2, 3, 4, 5, 6].map((seed) => {
    story.length = 0;
    for (const name of ["a", "b", "c"]) call(name, () => {});
    return playAll(seed).join();
  });
  expect(new Set(orders).size).toBeGreaterThan(1);
  story.length = 0;
  for (const name of ["a", "b", "c"]) call(name, () => {});
  expect(playAll(1).join()).toBe(orders[0]);
});

test("a work item runs as a kernel thread, not as the task that sleeps", () => {
  const workers: number[] = [];
  call("a", () => {
    schedule_work(INIT_WORK(() => workers.push(current().pid), null));
    sleepUntil(50, "a");
  });
  playAll(1);
  expect(workers).toEqual([2]);
});

test("a sleep that nothing can end stops the machine", () => {
  call("a", () => {
    set_current_state("TASK_UNINTERRUPTIBLE");
    io_schedule();
  });
  expect(() => playAll(1)).toThrow("task 1 sleeps and nothing will wake it");
});

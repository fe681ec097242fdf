import { expect, test } from "vitest";
import { after, now, resetClock, runNextEvent, shuffleTies } from "./clock.ts";
import { seedRandom } from "./random.ts";

function orderOfTies(seed: number, shuffled: boolean): string {
  seedRandom(seed);
  resetClock();
  if (shuffled) shuffleTies();
  const order: string[] = [];
  for (const name of ["a", "b", "c"]) after(5, () => order.push(name));
  after(4, () => order.push("early"));
  after(6, () => order.push("late"));
  while (runNextEvent());
  return order.join(" ");
}

test("events of one time keep their order until they are shuffled; other times stay in order", () => {
  expect(orderOfTies(1, false)).toBe("early a b c late");
  const shuffled = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => orderOfTies(seed, true));
  expect(new Set(shuffled).size).toBeGreaterThan(2);
  expect(shuffled.every((order) => order.startsWith("early ") && order.endsWith(" late"))).toBe(true);
  expect(orderOfTies(3, true)).toBe(shuffled[2]);
});

test("without events time stands still", () => {
  resetClock();
  shuffleTies();
  expect([runNextEvent(), now()]).toEqual([false, 0]);
});

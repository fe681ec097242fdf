import { afterAll, expect, test } from "vitest";
import { applyIn, complaintsIn, copyOf, plant, printedBy, removeCopies } from "./foreign-copy.ts";

const question = ["--source", "src/pool.ts#acquire", "--brand", "PooledHandle", "--release", "close=giveBack"];
const run = 'import { serveOnce } from "./out/serve.js"; serveOnce(console.log); serveOnce(console.log);';

afterAll(removeCopies);

test("before, the second session opens a handle anew, since the pool never got the first back", () => {
  expect(printedBy(copyOf("handles"), run)).toEqual([
    "log in slot 0",
    "session-1 leaves client in slot 1",
    "log in slot 2",
    "session-2 leaves client in slot 3",
  ]);
});

test("after, it gets the first one's; and the compiler stops a close() of it", () => {
  const folder = copyOf("handles");
  applyIn(folder, question);
  expect(printedBy(folder, run)).toEqual([
    "log in slot 0",
    "session-1 leaves client in slot 1",
    "log in slot 2",
    "session-2 leaves client in slot 1",
  ]);
  plant(folder, "serve.ts", "giveBack(finished)", "close(finished)");
  expect(complaintsIn(folder).filter((complaint) => complaint.endsWith("TS2345"))).toEqual(["serve.ts:19 TS2345"]);
});

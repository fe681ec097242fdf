import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { rewrittenFiles } from "./library-use.ts";

const repository = fileURLToPath(new URL("..", import.meta.url));

test("the rewritten project gives a pooled handle back where it was closed", () => {
  const files = rewrittenFiles(repository);
  expect([...(files?.keys() ?? [])].sort()).toEqual([
    "examples/handles/src/handle.ts",
    "examples/handles/src/pool.ts",
    "examples/handles/src/queue.ts",
    "examples/handles/src/serve.ts",
    "examples/handles/src/sessions.ts",
  ]);
  expect(files?.get("examples/handles/src/serve.ts")).toContain("done: (finished) => giveBack(finished)");
});

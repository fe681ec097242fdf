import { rmSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { folderWith, ioIn } from "./fixtures/in-folder.ts";
import { run } from "./run.ts";

const folder = folderWith({
  "tsconfig.json": JSON.stringify({ compilerOptions: { strict: true, lib: ["es2022"], types: [] } }),
  "pool.ts": `export class Pool {
  private readonly idle: { id: number }[] = [];
  close(handle: { id: number }): void { handle.id = 0; }
  giveBack(handle: { id: number; pooled: true }): void { this.idle.push(handle); }
}
export function serve(pool: Pool, handle: { id: number; pooled: true }): void {
  pool.giveBack(handle);
}
`,
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function userpage(...argv: readonly string[]) {
  const { io, printed } = ioIn(folder);
  return { code: run(["mistakes", "-p", ".", ...argv], io), ...printed };
}

const pair = ["--release", "Pool.close=Pool.giveBack"];

test("mistakes are counted by kind, with what the compiler says of them", () => {
  expect(userpage(...pair)).toEqual({
    code: 0,
    stderr: "",
    stdout: `mistakes with releases: Pool.close = Pool.giveBack
  project .; releases are called at 1 place

  mistake            as it is
  wrong-release           0/1
  second-release          0/1
  missing-release         0/1
  use-after-release       0/1
  all                     0/4
  stopped by the compiler / made, each alone

what the compiler says
  as it is: nothing

the mistakes
  wrong-release: the plain release, where the branded one is called
  second-release: the release twice
  missing-release: no release
  use-after-release: a member is read right after the release
`,
  });
});

test("every mistake is in the JSON, as a change of the text", () => {
  const { columns } = JSON.parse(userpage(...pair, "--format", "json").stdout);
  expect(columns[0].mutants[0]).toMatchObject({
    kind: "wrong-release",
    place: { file: "pool.ts", line: 7, owner: "serve", name: "giveBack", side: "branded" },
    changes: [{ text: "close" }],
    stopped: null,
  });
});

test("files and folders say where mistakes are made", () => {
  expect(userpage("pool.ts", ...pair).stdout).toContain("called at 1 place");
  expect(userpage("poo", "elsewhere/", ...pair)).toMatchObject({ code: 1, stderr: expect.stringContaining("nothing") });
});

test("without a release, or without a call of it, there is no answer", () => {
  expect(userpage()).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("--release PLAIN=BRANDED") });
  expect(userpage("--release", "serve=serve")).toMatchObject({
    code: 1,
    stderr: "userpage: nothing outside of tests calls a release there; say what does with --release PLAIN=BRANDED\n",
  });
});

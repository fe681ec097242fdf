import { afterAll, expect, test } from "vitest";
import { applyIn, complaintsIn, copyOf, plant, printedBy, removeCopies } from "./foreign-copy.ts";

const question = ["--source", "src/pool.ts#lend", "--brand", "LentBuffer", "--release", "free=giveBack"];
const decided = [...question, "--sink", "src/pool.ts#idle"];
const run = 'import { transfer } from "./out/main.js"; transfer(console.log);';

afterAll(removeCopies);

test("before, the bytes arrive until the pool is empty", () => {
  expect(printedBy(copyOf("zero-copy"), run)).toEqual([
    "stream a stream of text",
    "lost 0, idle 2 of 4",
    "datagram ping",
    "datagram a packet",
    "datagram pong",
    "lost 0, idle 1 of 4",
    "stream and a se",
    "lost 2, idle 0 of 4",
  ]);
});

test("with the type, what the stream lends comes back; a datagram of either kind is still freed", () => {
  const folder = copyOf("zero-copy");
  applyIn(folder, decided);
  expect(complaintsIn(folder)).toEqual([]);
  expect(printedBy(folder, run)).toEqual([
    "stream a stream of text",
    "lost 0, idle 4 of 4",
    "datagram ping",
    "datagram a packet",
    "datagram pong",
    "lost 0, idle 3 of 4",
    "stream and a second stream",
    "lost 0, idle 3 of 4",
  ]);
});

test("asked at run time, each buffer finds its own end", () => {
  const folder = copyOf("zero-copy");
  applyIn(folder, [...question, "--strategy", "flag", "--flag", "isLent"]);
  expect(printedBy(folder, run)).toEqual([
    "stream a stream of text",
    "lost 0, idle 4 of 4",
    "datagram ping",
    "datagram a packet",
    "datagram pong",
    "lost 0, idle 4 of 4",
    "stream and a second stream",
    "lost 0, idle 4 of 4",
  ]);
});

test("with the type, the compiler stops a callback that frees what it was lent, and one that gives back its own", () => {
  const folder = copyOf("zero-copy");
  applyIn(folder, decided);
  plant(folder, "lines.ts", "giveBack(piece)", "free(piece)");
  plant(folder, "lines.ts", "view } from", "free, view } from");
  plant(folder, "reader.ts", "onDatagram(copy);", "giveBack(copy);");
  expect(complaintsIn(folder)).toEqual(["lines.ts:13 TS2345", "reader.ts:37 TS2345"]);
});

test("without the type, and asked at run time, the compiler says nothing to the same", () => {
  for (const options of [undefined, [...question, "--strategy", "flag", "--flag", "isLent"]]) {
    const folder = copyOf("zero-copy");
    if (options !== undefined) {
      applyIn(folder, options);
      plant(folder, "lines.ts", "giveBack(piece)", "free(piece)");
      plant(folder, "lines.ts", "view } from", "free, view } from");
    }
    plant(folder, "reader.ts", "onDatagram(copy);", "giveBack(copy);");
    expect(complaintsIn(folder)).toEqual([]);
  }
});

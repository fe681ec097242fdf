import { expect, test } from "vitest";
import { sampleReport } from "../report/fixtures/sample-report.ts";
import { folderWith, ioIn } from "./fixtures/in-folder.ts";
import { measurementOf, studyOf } from "./fixtures/measured.ts";
import type { Io } from "./io.ts";
import { runWith } from "./run-with.ts";
import type { Ask } from "./task.ts";

const terminal = { isTTY: true, isErrorTTY: true, columns: 40 };
const erase = "\r\u001b[2K";
const measure: Ask = (_, watch) => {
  watch("load", undefined);
  watch("verify", 12);
  return studyOf(measurementOf(sampleReport));
};

test("progress is one line of a terminal, written over at every phase and gone at the end", () => {
  expect(stderrOf(terminal)).toBe(
    `${erase}userpage: reading a.json${erase}userpage: asking th…ut a.json, 12 files${erase}`,
  );
});

test("progress is gone before an error is told", () => {
  const failing: Ask = (_, watch) => {
    watch("load", undefined);
    throw new TypeError("no");
  };
  expect(stderrOf(terminal, [], failing)).toBe(
    `${erase}userpage: reading a.json${erase}userpage: internal error: no\n`,
  );
});

test("progress is silent in pipes, with --quiet, and where a line cannot be erased", () => {
  expect(stderrOf({ ...terminal, isTTY: false })).toBe("");
  expect(stderrOf({ ...terminal, isErrorTTY: false })).toBe("");
  expect(stderrOf({ ...terminal, env: { TERM: "dumb" } })).toBe("");
  expect(stderrOf(terminal, ["--quiet"])).toBe("");
});

function stderrOf(other: Partial<Io>, more: readonly string[] = [], engine: Ask = measure): string {
  const { io, printed } = ioIn(folderWith({ "a.json": "{}" }), other);
  runWith(engine, ["measure", "-p", "a.json", "--source", "a.ts#f", "--brand", "B", ...more], io);
  return printed.stderr;
}

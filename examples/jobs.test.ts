import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { applyIn, complaintsIn, copyOf, plant, printedBy, removeCopies } from "./foreign-copy.ts";

const question = ["--source", "src/files.ts#openForReading", "--brand", "Descriptor"];
const subtype = [...question, "--mode", "subtype", "--sink", "src/files.ts#close(fd)"];

// What is printed goes through a descriptor that is opened late; one line comes before counting.
const run = `
import { fstatSync } from "node:fs";
import { processFiles } from "./out/main.js";
console.log("begin");
const before = open();
processFiles(["data/a", "data/b", "data/missing", "data/c"], console.log);
console.log("left open: " + (open() - before));

function open() {
  return Array.from({ length: 256 }, (_, fd) => fd).filter(isOpen).length;
}

function isOpen(fd) {
  try {
    return fstatSync(fd) !== undefined;
  } catch {
    return false;
  }
}
`;

afterAll(removeCopies);

function jobs(options: readonly string[] | undefined): string {
  const folder = copyOf("jobs");
  mkdirSync(join(folder, "data"));
  for (const name of ["a", "b", "c"]) writeFileSync(join(folder, "data", name), `this is ${name}`);
  if (options !== undefined) applyIn(folder, options);
  return folder;
}

describe.each([
  { when: "before", options: undefined },
  { when: "as a subtype", options: subtype },
  { when: "as a distinct type", options: [...question, "--mode", "distinct"] },
])("$when", ({ options }) => {
  test("every file is read by its own job, and closed", () => {
    expect(printedBy(jobs(options), run)).toEqual([
      "begin",
      "job 1: cancelled",
      "job 4: this is c",
      "job 3: no such file",
      "job 2: this is b",
      "left open: 0",
    ]);
  });

  test("the compiler stops the number of a job where a descriptor belongs, if there is a type", () => {
    const folder = jobs(options);
    plant(folder, "main.ts", "close(fd)", "close(id)");
    plant(folder, "main.ts", "submit(openForReading(path), paths.length - i)", "submit(i, i)");
    plant(folder, "main.ts", "NO_FILE, openForReading", "NO_FILE");
    const stopped = options === undefined ? [] : ["main.ts:7 TS2345", "main.ts:18 TS2345"];
    expect(complaintsIn(folder)).toEqual(stopped);
  });
});

test("only a distinct type stops a descriptor where the number of a job belongs", () => {
  const complaints = [undefined, subtype, [...question, "--mode", "distinct"]].map((options) => {
    const folder = jobs(options);
    plant(folder, "main.ts", "log(`job", "cancel(fd, log);\n  log(`job");
    return complaintsIn(folder);
  });
  expect(complaints).toEqual([[], [], ["main.ts:19 TS2345"]]);
});

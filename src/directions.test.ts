import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const root = import.meta.dirname;
const files = walk().filter((file) => !/\.test\.ts$|\/fixtures\//.test(file));

interface Import {
  readonly file: string;
  /** A path from src for the project's own files, else the package's name. */
  readonly target: string;
  readonly isType: boolean;
}

const imports = files.flatMap(importsOf);

function walk(): readonly string[] {
  const all = readdirSync(root, { recursive: true, encoding: "utf8" });
  return all.map((file) => file.replaceAll("\\", "/")).filter((file) => file.endsWith(".ts"));
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/^(?:import|export) (type )?[^;]*? from "([^"]+)";/gms)].map(([, type, path = ""]) => ({
    file,
    target: path.startsWith(".") ? relative(root, join(root, dirname(file), path)).replaceAll("\\", "/") : path,
    isType: type !== undefined,
  }));
}

function crossing(from: string, isAllowed: (each: Import) => boolean): readonly string[] {
  const crossings = imports.filter((each) => each.file.startsWith(from) && !isAllowed(each));
  return crossings.map(({ file, target }) => `${file} -> ${target}`);
}

test("the proposal and the subject depend on nothing", () => {
  expect(crossing("user-page/", ({ target }) => target.startsWith("user-page/"))).toEqual([]);
  expect(crossing("kernel/", ({ target }) => target.startsWith("kernel/"))).toEqual([]);
});

test("the engine knows neither reporters nor the command line", () => {
  expect(crossing("engine/", ({ target }) => !/^(cli|report|user-page|kernel)\//.test(target))).toEqual([]);
});

test("reporters see the engine's nouns alone: types, and the words of its obstacles and mistakes", () => {
  const words = ["engine/answer/obstacle.ts", "engine/mistakes/mistake.ts"];
  const isNoun = ({ target, isType }: Import) => isType || words.includes(target);
  expect(crossing("report/", (each) => !each.target.startsWith("engine/") || isNoun(each))).toEqual([]);
  expect(crossing("report/", ({ target }) => !target.startsWith("cli/"))).toEqual([]);
});

test("the TypeScript front end, the verifier and the observer alone know the compiler", () => {
  const knowing = imports.filter(({ target }) => target === "ts-morph").map(({ file }) => file);
  expect(knowing.filter((file) => !/^engine\/(typescript\/|judge\/|observe\/|verify\.ts$)/.test(file))).toEqual([]);
  expect(knowing.length).toBeGreaterThan(0);
});

test("the solver knows the graph and nothing else", () => {
  const isKnown = ({ target }: Import) => /^engine\/(solver|graph)\//.test(target);
  expect(imports.some(({ file }) => file.startsWith("engine/solver/"))).toBe(true);
  expect(crossing("engine/solver/", isKnown)).toEqual([]);
});

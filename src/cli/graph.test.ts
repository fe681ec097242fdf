import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Report } from "../engine/answer/report.ts";
import { type GraphDocument, graphSchema } from "../engine/graph/graph-schema.ts";
import type { Schema } from "../engine/schema.ts";
import { replaceBlock } from "../report/marked-block.ts";
import { folderWith, ioIn } from "./fixtures/in-folder.ts";
import { run } from "./run.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const file = "examples/c-bio.graph.json";
const example: GraphDocument = JSON.parse(readFile(file));

describe("measure --graph", () => {
  test("labels the positions of a C program", () => {
    const report: Report = JSON.parse(userpage(repository, "measure", "--graph", file, "--format", "json").stdout);
    expect(report.positions.map(({ depth, label, id }) => `${depth} ${label} ${id}`)).toEqual([
      "0 brand mm/gup.c get_user_page()",
      "1 brand fs/dio.c dio_submit()/page",
      "2 mixed block/bio.c bio_add_page().(page)",
      "3 mixed include/bio.h bio_vec.bv_page",
      "4 mixed block/bio.c bio_end_io()/page",
      "5 mixed lib/sg.c sg_set_page().(page)",
    ]);
    expect([report.compiler, report.verdict, report.edits]).toEqual([null, null, []]);
  });

  test("a graph of a project has the project's answer", () => {
    const question = ["-p", "examples/handles", "--source", "src/pool.ts#acquire", "--brand", "PooledHandle"];
    const asked = [...question, "--release", "close=giveBack", "--no-verify"];
    const folder = folderWith({ "g.json": userpage(repository, "measure", ...asked, "--format", "graph").stdout });
    const direct: Report = JSON.parse(userpage(repository, "measure", ...asked, "--format", "json").stdout);
    const again: Report = JSON.parse(userpage(folder, "measure", "--graph", "g.json", "--format", "json").stdout);
    expect(again.positions).toEqual(direct.positions);
    expect(again.migration).toEqual(direct.migration);
    expect(again.churn).toEqual({ ...direct.churn, ...onlyFromTexts(again) });
  });

  test("the second printing is the first", () => {
    expect(userpage(repository, "measure", "--graph", file, "--format", "graph").stdout).toBe(readFile(file));
  });

  test("explain finds a place of another language", () => {
    const { code, stdout } = userpage(repository, "explain", "include/bio.h:4", "--graph", file);
    expect([code, stdout.split("\n")[0]]).toEqual([0, "include/bio.h bio_vec.bv_page"]);
  });
});

describe("a file that is no graph is named with the path of the mistake", () => {
  const [position, ...positions] = example.positions;
  const [edge, ...edges] = example.edges;
  const cases: readonly (readonly [string, unknown, string])[] = [
    ["a list", [], "the file must be an object"],
    ["a later version", { ...example, schemaVersion: 2 }, '"schemaVersion" must be 1'],
    ["no edges", { ...example, edges: undefined }, '"edges" is missing'],
    [
      "a field too many",
      { ...example, edges: [{ ...edge, weight: 1 }] },
      'unknown key "edges[0].weight"; the keys are from, to, channel, construct, site, enforced, nested, member, declared, callee, beside, besideGiven, ordered, given, refused',
    ],
    [
      "a number for a word",
      { ...example, positions: [...positions, { ...position, id: 7 }] },
      `"positions[${positions.length}].id" must be a string`,
    ],
    [
      "a line before the first",
      { ...example, edges: [{ ...edge, site: { ...edge?.site, line: 0 } }] },
      '"edges[0].site.line" must be at least 1',
    ],
    ["a flag in words", { ...example, edges: [{ ...edge, nested: "no" }] }, '"edges[0].nested" must be true or false'],
    [
      "an unknown channel",
      { ...example, edges: [{ ...edge, channel: "copy" }] },
      '"edges[0].channel" must be one of "value", "store", "alias", "lookup"',
    ],
    [
      "an id that is there twice",
      { ...example, positions: [position, ...example.positions] },
      `"positions[1].id" is there twice: ${position?.id}; ids are unique`,
    ],
    [
      "an edge to nowhere",
      { ...example, edges: [...edges, { ...edge, to: "mm/none.c" }] },
      `"edges[${edges.length}].to" names no position: mm/none.c`,
    ],
    [
      "a hazard nowhere",
      { ...example, hazards: [{ ...example.hazards[0], position: "x" }] },
      '"hazards[0].position" names no position: x',
    ],
    [
      "nothing asked",
      { ...example, question: { ...example.question, producers: [] } },
      '"question.producers" must have at least 1',
    ],
    [
      "a producer that is not fixed",
      { ...example, question: { ...example.question, fixed: [] } },
      `"question.fixed" lacks "question.producers[0]": ${position?.id}; add it`,
    ],
  ];

  test.each(cases)("%s", (_, document, message) => {
    const folder = folderWith({ "g.json": JSON.stringify(document) });
    expect(userpage(folder, "measure", "--graph", "g.json")).toEqual({
      code: 2,
      stdout: "",
      stderr: `userpage: g.json: ${message}\n`,
    });
  });

  test("and so is one that is missing, or is asked a second question", () => {
    const folder = folderWith({ "g.json": JSON.stringify(example) });
    const problem = (...argv: readonly string[]) => userpage(folder, ...argv).stderr;
    expect(problem("measure", "--graph", "h.json")).toBe(
      "userpage: h.json: cannot be read; name an existing file with --graph\n",
    );
    expect(problem("measure", "--graph", "g.json", "--source", "a.ts#b")).toBe(
      "userpage: --graph brings its own question; leave out --source\n",
    );
    expect(problem("apply", "--graph", "g.json")).toBe("userpage: apply edits a project; a --graph has no texts\n");
  });
});

// UPDATE_DOCS=1 writes what follows instead of comparing it.
describe("docs/graph.md shows", () => {
  test("every field of the schema", () => {
    const rows = fieldRows(graphSchema, "").map((cells) => `| ${cells.join(" | ")} |`);
    expectDocument("fields", ["| field | type | meaning |", "|---|---|---|", ...rows].join("\n"));
  });

  test("the example, and its answer", () => {
    expectDocument("example", `\`\`\`json\n${readFile(file).trimEnd()}\n\`\`\``);
    const { stdout } = userpage(repository, "measure", "--graph", file);
    expectDocument("answer", `\`\`\`text\n${stdout.replace(/\ntime\n[\s\S]*/u, "").trimEnd()}\n\`\`\``);
  });
});

// Names and lines of text are no part of a graph.
function onlyFromTexts({ churn }: Report): Partial<Report["churn"]> {
  const { declarations, linesAdded, linesRemoved, files, modules } = churn;
  return { declarations, linesAdded, linesRemoved, files, modules };
}

function fieldRows(schema: Schema, path: string): readonly (readonly string[])[] {
  if (schema.type === "array") return fieldRows(schema.items, `${path}[]`);
  if (schema.type !== "object" || !("properties" in schema)) return [];
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    const full = path === "" ? name : `${path}.${name}`;
    const optional = schema.required?.includes(name) ? "" : ", optional";
    const isKnown = name === "callee" || (name === "site" && path !== "positions[]");
    const row = [`\`${full}\``, `${typeOf(property)}${optional}`, property.description ?? ""];
    return [row, ...(isKnown ? [] : fieldRows(property, full))];
  });
}

function typeOf(schema: Schema): string {
  if (schema.type === "array") return `list of ${typeOf(schema.items)}`;
  if ("enum" in schema) return (schema.enum ?? []).map((word) => `\`${word}\``).join(" ");
  return "const" in schema ? `\`${schema.const}\`` : schema.type;
}

function expectDocument(block: string, content: string): void {
  const path = join(repository, "docs/graph.md");
  const document = readFile("docs/graph.md");
  const generated = replaceBlock(document, block, content);
  if (process.env.UPDATE_DOCS === "1") writeFileSync(path, generated);
  else expect(document).toBe(generated);
}

function readFile(name: string): string {
  return readFileSync(join(repository, name), "utf8");
}

function userpage(cwd: string, ...argv: readonly string[]) {
  const { io, printed } = ioIn(cwd);
  return { code: run(argv, io), ...printed };
}

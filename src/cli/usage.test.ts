import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { graphSchema } from "../engine/graph/graph-schema.ts";
import type { MeasureRequest } from "../engine/question.ts";
import { sampleReport } from "../report/fixtures/sample-report.ts";
import { configSchema } from "./config-schema.ts";
import { folderWith, ioIn } from "./fixtures/in-folder.ts";
import { measurementOf, studyOf } from "./fixtures/measured.ts";
import { runWith } from "./run-with.ts";

const config = {
  project: "app/tsconfig.json",
  brand: "UserPage",
  mode: "subtype",
  sources: ["a.ts#b"],
  releases: { put_page: "put_user_page" },
  verify: "no",
};
const project = { "app/tsconfig.json": "{}" };
const question = ["--source", "mm/gup.ts#get_user_pages", "--brand", "UserPage"];

describe("wrong usage exits with 2 and one line that names the thing and the mend", () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    [
      "an unknown verb",
      ["mesure"],
      "unknown verb mesure; the verbs are measure, apply, explain, compare, plan, mistakes",
    ],
    [
      "a verb of a later version",
      ["audit"],
      "unknown verb audit; the verbs are measure, apply, explain, compare, plan, mistakes",
    ],
    ["no verb", ["-p", "."], "no verb; the verbs are measure, apply, explain, compare, plan, mistakes"],
    ["an unknown option", ["measure", "--sauce", "x"], "unknown option '--sauce'; see userpage --help"],
    [
      "an option without its value",
      ["measure", "--brand"],
      "option '--brand <value>' argument missing; see userpage --help",
    ],
    [
      "an unknown format",
      ["measure", "-p", ".", ...question, "--format", "yaml"],
      "unknown format yaml; the formats are text, json, markdown, graph, svg",
    ],
    [
      "an unknown mode",
      ["measure", "-p", ".", ...question, "--mode", "nominal"],
      "unknown mode nominal; the modes are distinct, subtype",
    ],
    [
      "no source",
      ["measure", "-p", ".", "--brand", "UserPage"],
      'no source; name what produces the brand with --source file.ts#name, or "sources" in userpage.config.json',
    ],
    [
      "no brand",
      ["measure", "-p", ".", "--source", "a.ts#b"],
      'no brand; name the new type with --brand, or "brand" in userpage.config.json',
    ],
    [
      "half a release",
      ["measure", "-p", ".", ...question, "--release", "put_page"],
      "--release put_page: write it as PLAIN=BRANDED, such as put_page=put_user_page",
    ],
    [
      "a question to the compiler and none",
      ["measure", "-p", ".", ...question, "--no-verify", "--necessity"],
      "--necessity asks the compiler and --no-verify does not; leave one out",
    ],
    [
      "a configuration that does not exist",
      ["measure", "--config", "x.json"],
      "x.json: cannot be read; name an existing file with --config",
    ],
    [
      "something to explain that is not named",
      ["explain", "-p", ".", ...question],
      "explain what? name a position's id or file:line, such as userpage explain src/ids.ts:12",
    ],
    [
      "a cut that nothing stops at",
      ["measure", "-p", ".", ...question, "--cut", "a.ts#b"],
      "--cut does nothing with the strategy distinct; say --strategy cut too, or leave out --cut",
    ],
    [
      "a test that nothing asks",
      ["apply", "-p", ".", ...question, "--strategy", "rename", "--flag", "a.ts#b"],
      "--flag does nothing with the strategy rename; say --strategy flag too, or leave out --flag",
    ],
    [
      "a strategy for a graph that brings its own question",
      ["measure", "--graph", "g.json", "--strategy", "cut"],
      "--graph brings its own question; leave out --strategy",
    ],
    ["an operand too many", ["measure", "src"], "measure takes no src; options begin with --"],
    ["writing without apply", ["measure", "--write"], "--write is for apply; measure changes no file"],
    [
      "a project that is not there, before what else is missing",
      ["measure", "-p", "nope.json"],
      "nope.json: no such tsconfig; name an existing one with --project",
    ],
    ["nothing", [], "no arguments and no userpage.config.json here or above; see userpage --help"],
    [
      "a line feed and an escape",
      ["a\n\u001bb"],
      "unknown verb a \\u{1b}b; the verbs are measure, apply, explain, compare, plan, mistakes",
    ],
  ];

  test.each(cases)("%s", (_, argv, message) => {
    const { io, printed } = ioIn(folderWith({ "tsconfig.json": "{}" }));
    expect(runWith(neverAsked, argv, io)).toBe(2);
    expect(printed).toEqual({ stdout: "", stderr: `userpage: ${message}\n` });
  });
});

describe("the project", () => {
  const asked = ["measure", ...question];

  test("is the tsconfig.json here, where none is named", () => {
    expect(requestIn(folderWith({ "tsconfig.json": "{}" }), asked).project).toBe("tsconfig.json");
  });

  test("is named, or stands here", () => {
    const { io, printed } = ioIn(folderWith({ "app/tsconfig.json": "{}" }));
    expect(runWith(neverAsked, asked, io)).toBe(2);
    expect(printed.stderr).toBe(
      'userpage: no project: there is no tsconfig.json here; name one with --project, or "project" in userpage.config.json\n',
    );
  });
});

describe("the configuration", () => {
  test("is found upward, and its project is relative to it", () => {
    const folder = folderWith({ "userpage.config.json": JSON.stringify(config), "app/src/a.ts": "", ...project });
    expect(requestIn(join(folder, "app/src"), ["measure"])).toEqual({
      project: "../tsconfig.json",
      migration: {
        base: undefined,
        brand: "UserPage",
        mode: "subtype",
        sources: ["a.ts#b"],
        sinks: [],
        releases: [{ plain: "put_page", branded: "put_user_page" }],
      },
      workingDirectory: join(folder, "app/src"),
      verify: "no",
      search: [],
    });
  });

  test("is searched from the project's folder when there is one", () => {
    const folder = folderWith({
      "userpage.config.json": "no JSON",
      "app/userpage.config.json": JSON.stringify(config),
      ...project,
    });
    expect(requestIn(folder, ["measure", "-p", "app/tsconfig.json"]).migration.brand).toBe("UserPage");
  });

  test("gives way to the command line", () => {
    const folder = folderWith({ "userpage.config.json": JSON.stringify(config), ...project });
    const argv = [
      "measure",
      "--brand",
      "B",
      "--mode",
      "distinct",
      "--source",
      "c.ts#d",
      "--release",
      "x=y",
      "--necessity",
    ];
    const request = requestIn(folder, argv);
    expect([request.migration.brand, request.migration.mode, request.migration.sources, request.verify]).toEqual([
      "B",
      "distinct",
      ["c.ts#d"],
      "necessary",
    ]);
    expect(request.migration.releases).toEqual([{ plain: "x", branded: "y" }]);
  });

  test("may hold what only other strategies use, and a verb that carries out all of them takes it typed, too", () => {
    const shared = { ...config, mode: "distinct", cuts: ["a.ts#c"], flag: "a.ts#is" };
    const folder = folderWith({ "userpage.config.json": JSON.stringify(shared), ...project });
    for (const verb of ["measure", "explain x", "apply", "plan"]) {
      expect(requestIn(folder, verb.split(" ")).migration.cuts).toEqual(["a.ts#c"]);
    }
    const compared = requestIn(folder, ["compare", "--cut", "a.ts#d", "--flag", "a.ts#was"]).migration;
    expect([compared.cuts, compared.flag]).toEqual([["a.ts#d"], "a.ts#was"]);
  });

  test("may name the strategy that a typed option is for", () => {
    const cutting = { ...config, strategy: "cut" };
    const folder = folderWith({ "userpage.config.json": JSON.stringify(cutting), ...project });
    expect(requestIn(folder, ["measure", "--cut", "a.ts#d"]).migration.cuts).toEqual(["a.ts#d"]);
  });

  test("is measured when there are no arguments", () => {
    const { io, printed } = ioIn(folderWith({ "userpage.config.json": JSON.stringify(config), ...project }));
    expect(runWith(() => studyOf(measurementOf(sampleReport)), [], io)).toBe(0);
    expect(printed.stdout.split("\n")[0]).toBe("mm/gup.ts#get_user_pages -> UserPage");
  });

  test.each([
    [
      '{"brnad": "X"}',
      'unknown key "brnad"; the keys are $schema, project, base, brand, mode, sources, sinks, releases, strategy, cuts, flag, erasures, parts, verify',
    ],
    [
      '{"__proto__": {}}',
      'unknown key "__proto__"; the keys are $schema, project, base, brand, mode, sources, sinks, releases, strategy, cuts, flag, erasures, parts, verify',
    ],
    ['{"sources": "a.ts#b"}', '"sources" must be a list'],
    ['{"sources": ["a.ts#b", 1]}', '"sources[1]" must be a string'],
    ['{"releases": {"put_page": true}}', '"releases.put_page" must be a string'],
    ['{"mode": "nominal"}', '"mode" must be one of "distinct", "subtype"'],
    ["[]", "the file must be an object"],
  ])("that says %s is an error that names the key", (text, message) => {
    const { io, printed } = ioIn(folderWith({ "u.json": text }));
    expect(runWith(neverAsked, ["measure", "--config", "u.json"], io)).toBe(2);
    expect(printed.stderr).toBe(`userpage: u.json: ${message}\n`);
  });
});

describe("what is printed without a question", () => {
  test("help names every verb and takes at most 80 columns", () => {
    const text = answerTo(["--help"]);
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
    for (const verb of ["measure", "apply", "explain"]) expect(text).toContain(`  userpage ${verb}`);
  });

  test("the version is the package's", () => {
    const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    expect(answerTo(["--version"])).toBe(`userpage ${JSON.parse(text).version}\n`);
  });

  test("the schemas are the ones that are checked", () => {
    expect(JSON.parse(answerTo(["--config-schema"]))).toEqual(configSchema);
    expect(JSON.parse(answerTo(["--graph-schema"]))).toEqual(graphSchema);
  });
});

describe("exit codes and streams", () => {
  const folder = folderWith({ "userpage.config.json": JSON.stringify(config), ...project });

  test("a rejection by the compiler exits with 1, and the report is still printed", () => {
    const diagnostic = { file: "a.ts", line: 1, code: 2322, message: "no" };
    const verdict = { compiler: "c", before: 0, after: 1, newDiagnostics: [diagnostic], necessity: null };
    const { io, printed } = ioIn(folder);
    expect(runWith(() => studyOf(measurementOf({ ...sampleReport, verdict })), ["measure"], io)).toBe(1);
    expect(printed.stdout).toContain("a.ts:1 error TS2322");
    expect(printed.stderr).toBe("");
  });

  test("a bug is one line and 70, with the stack when asked", () => {
    const broken = () => {
      throw new TypeError("oh\nno");
    };
    const { io, printed } = ioIn(folder);
    expect(runWith(broken, ["measure"], io)).toBe(70);
    expect(printed.stderr).toBe("userpage: internal error: oh no\n");

    const debug = ioIn(folder, { env: { USERPAGE_DEBUG: "1" } });
    expect(runWith(broken, ["measure"], debug.io)).toBe(70);
    expect(debug.printed.stderr).toContain("TypeError: oh\nno\n    at ");
  });

  test("colour and progress are for terminals, NO_COLOR and --quiet end them, a file never has any", () => {
    const bold = "\u001b[1m";
    const engine = () => studyOf(measurementOf(sampleReport));
    const printedBy = (argv: readonly string[], other: Parameters<typeof ioIn>[1]) => {
      const { io, printed } = ioIn(folder, other);
      runWith(engine, argv, io);
      return [printed.stdout.includes(bold), printed.stderr];
    };
    expect(printedBy(["measure"], {})).toEqual([false, ""]);
    expect(printedBy(["measure"], { isTTY: true })).toEqual([true, ""]);
    expect(printedBy(["measure", "--quiet"], { isTTY: true, env: { NO_COLOR: "1" } })).toEqual([false, ""]);
    printedBy(["measure", "--out", "r.txt"], { isTTY: true });
    expect(readFileSync(join(folder, "r.txt"), "utf8")).not.toContain(bold);
  });

  test("JSON is the report, to stdout or to --out", () => {
    const { io, printed } = ioIn(folder);
    const engine = () => studyOf(measurementOf(sampleReport));
    expect(runWith(engine, ["measure", "--format", "json"], io)).toBe(0);
    expect(JSON.parse(printed.stdout)).toEqual(sampleReport);
    expect(runWith(engine, ["measure", "--format", "json", "--out", "r.json"], io)).toBe(0);
    expect(readFileSync(join(folder, "r.json"), "utf8")).toBe(printed.stdout);
  });
});

test.each([
  ["no/x.txt", "there is no folder FOLDER/no; make it, or name another file"],
  ["app/x.txt/y", "there is no folder FOLDER/app/x.txt; make it, or name another file"],
  ["app", "is a folder; name a file"],
])("--out %s is refused before anything is asked, and nothing is left behind", (out, message) => {
  const folder = folderWith({ "userpage.config.json": JSON.stringify(config), "app/x.txt": "", ...project });
  const { io, printed } = ioIn(folder);
  expect(runWith(neverAsked, ["measure", "--out", out], io)).toBe(2);
  expect(printed.stderr.replaceAll(folder, "FOLDER")).toBe(`userpage: --out ${out}: ${message}\n`);
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(
    ["app", ...Object.keys(project), "app/x.txt", "userpage.config.json"].sort(),
  );
});

function neverAsked(): never {
  throw new Error("the engine was asked");
}

function answerTo(argv: readonly string[]): string {
  const { io, printed } = ioIn(folderWith({}));
  expect(runWith(neverAsked, argv, io)).toBe(0);
  expect(printed.stderr).toBe("");
  return printed.stdout;
}

function requestIn(cwd: string, argv: readonly string[]): MeasureRequest {
  const requests: MeasureRequest[] = [];
  const { io, printed } = ioIn(cwd);
  const code = runWith(
    (request) => {
      requests.push(request);
      return studyOf(measurementOf(sampleReport));
    },
    argv,
    io,
  );
  const [request] = requests;
  if (request === undefined) throw new Error(`exit ${code}: ${printed.stderr}`);
  return request;
}

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { hopsSvg } from "../../report/hops-svg.ts";
import { planSvg } from "../../report/plan-svg.ts";
import { mainReport, outcomeOf, priceReport, program, questions, repository } from "./answers.ts";
import { expectFile, regenerated, unmarkedDigits } from "./regenerate.ts";

const generated = ["README.md", "docs/model.md", "docs/DISCUSSION.md"];
const examples = ["handles", "jobs", "zero-copy"].map((name) => `examples/${name}/README.md`);
const documents = [...generated, ...examples, "docs/graph.md"];
const manifest: Manifest = JSON.parse(readFile("package.json"));

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

describe.each(documents)("%s", (document) => {
  const commands = shellLines(readFile(document)).flatMap((line) => line.split(" && "));

  test.each(commands.filter((command) => command.startsWith(program)))(
    "%s is done",
    { timeout: 600_000 },
    (command) => {
      const { code, stdout, stderr } = outcomeOf(command.slice(program.length));
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).not.toBe("");
    },
  );

  test("runs nothing but the command line and scripts that exist", () => {
    const others = commands.filter((command) => !command.startsWith(program));
    expect(others.filter((command) => !isNpm(command))).toEqual([]);
    expect(manifest.bin.userpage).toBe(program.split(" ")[1]);
  });

  test("links to files that exist", () => {
    const targets = [...readFile(document).matchAll(/\]\((?!https?:)(?<target>[^)#]+)/gu)].map(([, target]) => target);
    expect(targets.filter((target) => !existsSync(join(repository, dirname(document), target ?? "")))).toEqual([]);
  });
});

// UPDATE_DOCS=1 writes what follows instead of comparing it.
describe("what is generated is as it would be today", () => {
  test("the main job is what npm start runs", () => {
    expect(manifest.scripts.start?.split(program)[1]).toBe(questions.main);
  });

  test.each(generated)("every figure and every table of %s", { timeout: 600_000 }, (document) => {
    expectFile(document, regenerated);
  });

  test("the picture of the hops", { timeout: 600_000 }, () => expectFile("docs/hops.svg", () => hopsSvg(mainReport())));

  test("the picture of the price curve", { timeout: 600_000 }, () => {
    expectFile("docs/price-curve.svg", () => planSvg(priceReport()));
  });
});

describe("no figure stands outside markers", () => {
  test("in the README's answer", () => {
    expect(unmarkedDigits(sectionOf("README.md", "The answer so far"))).toEqual([]);
  });

  test("in the model's description", () => expect(unmarkedDigits(readFile("docs/model.md"))).toEqual([]));

  test("in the discussion, but where it quotes or has a source", () => {
    const discussion = readFile("docs/DISCUSSION.md");
    const sourced = sectionOf("docs/DISCUSSION.md", "What really happened");
    expect(unmarkedDigits(discussion.replace(sourced, "").replace(/^>.*$/gmu, ""))).toEqual([]);
  });
});

function readFile(file: string): string {
  return readFileSync(join(repository, file), "utf8");
}

function sectionOf(document: string, title: string): string {
  const section = readFile(document).split(`\n## ${title}\n`)[1]?.split("\n## ")[0];
  if (section === undefined) throw new Error(`${document} has no section ${title}`);
  return section;
}

function shellLines(document: string): readonly string[] {
  const blocks = [...document.matchAll(/```sh\n(?<block>[\s\S]*?)```/gu)].map(([, block]) => block ?? "");
  return blocks.flatMap((block) => block.replace(/\\\n\s*/gu, "").split("\n")).filter((line) => line !== "");
}

function isNpm(command: string): boolean {
  if (command === "npm ci") return existsSync(join(repository, "package-lock.json"));
  const script = /^npm (?:run )?(?<script>\w+)$/u.exec(command)?.groups?.script;
  return script !== undefined && script in manifest.scripts;
}

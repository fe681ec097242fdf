import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { replaceBlock } from "../report/marked-block.ts";
import { ioIn } from "./fixtures/in-folder.ts";
import { run } from "./run.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const examples = ["handles", "jobs", "zero-copy"].map((name) => `examples/${name}/README.md`);
const documents = ["README.md", ...examples, "docs/graph.md"];
const program = "node dist/cli/main.js ";
const manifest: Manifest = JSON.parse(readFile("package.json"));
const questions = {
  main: "src/kernel/userpage.config.json",
  directIo: "src/kernel/direct-io.config.json",
  cut: "src/kernel/userpage.config.json --strategy cut",
};
const figure = /<!-- n:(?<key>.+?) -->(?<shown>[\s\S]*?)<!-- \/n -->/gu;

// The same question takes seconds and is asked by several tests.
const outcomes = new Map<string, Outcome>();

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

describe.each(documents)("%s", (document) => {
  const commands = shellLines(readFile(document)).flatMap((line) => line.split(" && "));

  test.each(commands.filter((command) => command.startsWith(program)))("%s is done", (command) => {
    const { code, stdout, stderr } = userpage(command);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).not.toBe("");
  });

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
describe("README.md shows", () => {
  test("what npm start prints, but for the time", () => {
    const { stdout } = userpage(`${program}${manifest.scripts.start?.split(program)[1]}`);
    expectReadme((readme) => replaceBlock(readme, "main", fenced("text", stdout.replace(/\ntime\n[\s\S]*/u, ""))));
  });

  test("the figures of the reports", () => {
    const reports = Object.fromEntries(Object.entries(questions).map(([name, config]) => [name, reportOf(config)]));
    expectReadme((readme) =>
      readme.replace(figure, (_, key: string) => `<!-- n:${key} -->${figureAt(reports, key)}<!-- /n -->`),
    );
  });

  test("no other digit in the answer", () => {
    const answer = readFile("README.md").split("## The answer so far\n")[1]?.split("\n## ")[0] ?? "";
    expect(answer.match(figure)?.length).toBeGreaterThan(0);
    expect(answer.replace(figure, "").match(/\d+/gu)).toBeNull();
  });

  test("the library as examples/library-use.ts uses it", () => {
    const example = readFile("examples/library-use.ts").replace('"../src/index.ts"', '"userpage"');
    expectReadme((readme) => replaceBlock(readme, "library", fenced("ts", example)));
  });
});

function readFile(file: string): string {
  return readFileSync(join(repository, file), "utf8");
}

function expectReadme(generate: (readme: string) => string): void {
  const readme = readFile("README.md");
  const generated = generate(readme);
  if (process.env.UPDATE_DOCS === "1") writeFileSync(join(repository, "README.md"), generated);
  else expect(readme).toBe(generated);
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
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

function userpage(command: string): Outcome {
  const known = outcomes.get(command);
  if (known !== undefined) return known;
  const outcome = runInRepository(command);
  outcomes.set(command, outcome);
  return outcome;
}

function runInRepository(command: string): Outcome {
  const argv = [...command.slice(program.length).matchAll(/'([^']*)'|\S+/gu)].map(([word, quoted]) => quoted ?? word);
  const { io, printed } = ioIn(repository);
  return { code: run(argv, io), ...printed };
}

function reportOf(config: string): unknown {
  return JSON.parse(userpage(`${program}measure --format json --config ${config}`).stdout);
}

/** `a.b[kind=x].length`: a path into the reports, where brackets keep the items whose field has that value. */
function figureAt(reports: unknown, key: string): number {
  const steps = [...key.matchAll(/\[(?<field>\w+)=(?<wanted>[^\]]*)\]|(?<name>\w+)/gu)];
  const value = steps.reduce((from: unknown, { groups }) => stepInto(from, groups ?? {}), reports);
  if (typeof value === "number") return value;
  throw new Error(`${key} is no number of the reports; name a path such as main.churn.edits`);
}

function stepInto(from: unknown, { field, wanted, name }: Readonly<Record<string, string | undefined>>): unknown {
  if (field !== undefined && Array.isArray(from)) return from.filter((item) => fieldOf(item, field) === wanted);
  return name === undefined ? undefined : fieldOf(from, name);
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

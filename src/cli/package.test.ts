import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";

const repository = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "userpage-pack-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} exited with ${status}: ${stdout}${stderr}`);
  return stdout;
}

test("the packed tarball installs in an empty folder, and its command measures another project there", () => {
  run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], repository);
  const [tarball] = readdirSync(folder).filter((file) => file.endsWith(".tgz"));
  expect(tarball).toBeDefined();

  const consumer = join(folder, "consumer");
  mkdirSync(consumer);
  writeFileSync(join(consumer, "package.json"), '{ "name": "consumer", "private": true, "type": "module" }');
  run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", join(folder, tarball ?? "")], consumer);

  writeFileSync(
    join(consumer, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { strict: true, noEmit: true, types: [] }, include: ["*.ts"] }),
  );
  writeFileSync(
    join(consumer, "ids.ts"),
    "export function createId(): string {\n  return String(Math.random());\n}\nexport function load(id: string): number {\n  return id.length;\n}\nload(createId());\n",
  );
  const args = ["measure", "-p", "tsconfig.json", "--source", "ids.ts#createId", "--brand", "UserId"];
  const printed = run(
    "npx",
    ["--no-install", "userpage", ...args, "--mode", "subtype", "--sink", "ids.ts#load(id)", "--format", "json"],
    consumer,
  );
  const report = JSON.parse(printed) as {
    readonly edits: readonly { readonly position: string | null; readonly kind: string }[];
    readonly verdict: { readonly newDiagnostics: readonly unknown[] };
  };
  expect(report.verdict.newDiagnostics).toEqual([]);
  expect(report.edits.filter(({ kind }) => kind === "annotation").map(({ position }) => position)).toEqual([
    "ids.ts createId()",
    "ids.ts load().(id)",
  ]);

  const script =
    'import { put_user_page } from "userpage/user-page"; import { measure } from "userpage"; console.log(typeof put_user_page, typeof measure);';
  expect(run(process.execPath, ["--input-type=module", "-e", script], consumer).trim()).toBe("function function");
});

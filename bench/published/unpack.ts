import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const packages = resolve(import.meta.dirname, "../../../packages");
const workshop = join(tmpdir(), "userpage-packages");

const compilerOptions = {
  target: "esnext",
  lib: ["esnext", "dom", "dom.iterable"],
  module: "esnext",
  moduleResolution: "bundler",
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: ["node"],
};

/** Tests need packages that the sources do not. */
const tests = ["**/*.test.ts", "**/*.test-d.ts", "**/*.bench.ts", "**/_test", "**/tests"];

/** A fresh copy of the sources that an npm package ships, with a tsconfig of ours. */
export interface Unpacked {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/** Installs the packages if they are not there yet, as their lock file says, and copies one package's sources. */
export function unpack(name: string): Unpacked {
  install();
  const installed = join(packages, "node_modules", name);
  const folder = join(workshop, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(installed, "src"), join(folder, "src"), { recursive: true });
  // What the package depends on is found where npm put it: first beside the package, then above it.
  const own = join(installed, "node_modules");
  if (existsSync(own)) symlinkSync(own, join(folder, "node_modules"));
  linkOnce(join(packages, "node_modules"), join(workshop, "node_modules"));
  writeFileSync(
    join(folder, "tsconfig.json"),
    `${JSON.stringify({ compilerOptions, include: ["src"], exclude: tests }, null, 2)}\n`,
  );
  return { name, version: versionOf(installed), folder };
}

function install(): void {
  if (existsSync(join(packages, "node_modules/.package-lock.json"))) return;
  const npm = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status } = spawnSync("npm", npm, { cwd: packages, stdio: ["ignore", process.stderr, process.stderr] });
  if (status !== 0) throw new Error(`npm ${npm.join(" ")} failed in ${packages}; run it there to see why`);
}

function linkOnce(target: string, link: string): void {
  rmSync(link, { force: true });
  symlinkSync(target, link);
}

function versionOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { readonly version: string };
  return manifest.version;
}

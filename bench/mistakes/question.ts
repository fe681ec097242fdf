import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { MistakeMatrix } from "../../src/engine/mistakes/mistake-matrix.ts";

const project = "src/kernel/tsconfig.json";

/** The project, as the command line names it. */
export const model = { project, folder: "src/kernel", config: "src/kernel/direct-io.config.json" } as const;

// The whole model, and every holder of pages declared to hold pins.
const asked = ["--config", model.config, "-p", model.project];

/** The mistakes in the model, asked as a user would; the stories that are played on it are not part of it. */
export function modelMatrix(repository: string): MistakeMatrix {
  const folder = join(repository, model.folder);
  const isPart = (name: string) => name !== "scenarios" && statSync(join(folder, name)).isDirectory();
  const parts = readdirSync(folder)
    .filter(isPart)
    .map((name) => `${model.folder}/${name}`);
  const args = [join(repository, "dist/cli/main.cjs"), "mistakes", ...parts, ...asked, "--format", "json"];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: repository,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  if (!stdout.startsWith("{")) throw new Error(`mistakes ${parts.join(" ")}: ${stderr}`);
  return JSON.parse(stdout) as MistakeMatrix;
}

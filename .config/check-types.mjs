// The library, the model and the examples under every compiler that they promise to work with.
import { spawnSync } from "node:child_process";

const compilers = ["typescript", "typescript-6", "typescript-5"];
const examples = ["handles", "jobs", "zero-copy"].map((name) => `examples/${name}/tsconfig.json`);
const projects = ["tsconfig.json", "src/kernel/tsconfig.json", ...examples];

for (const compiler of compilers) {
  for (const project of projects) {
    const tsc = `node_modules/${compiler}/bin/tsc`;
    const { status } = spawnSync(process.execPath, [tsc, "--noEmit", "-p", project], { stdio: "inherit" });
    if (status !== 0) {
      console.error(`${compiler}: ${project} does not type-check`);
      process.exit(1);
    }
  }
  console.log(`${compiler}: ${projects.join(", ")} type-check`);
}

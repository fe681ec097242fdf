// The command line as one file: to find, read and link two hundred modules takes Node as long as to parse a small project.
import { rolldown } from "rolldown";

const bundle = await rolldown({
  input: "src/cli/main.ts",
  platform: "node",
  // What package.json lists as dependencies is installed beside it.
  external: /^[^./]/,
});
await bundle.write({
  file: "dist/cli/main.cjs",
  // Before an ES module may import the compiler, Node searches its twelve megabytes for what they export.
  format: "cjs",
  // From Node 22 on what has been compiled is kept for the next time.
  intro: 'require("node:module").enableCompileCache?.();',
});

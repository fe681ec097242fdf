// The command line as two files, what starts it and the rest: to find, read and link two hundred modules takes Node as long
// as to parse a small project.
import { rolldown } from "rolldown";

// All that is used of ts-morph is the compiler, which its other package has without the megabyte that wraps it.
const compilerAlone = {
  name: "compiler-alone",
  resolveId: (id) => (id === "ts-morph" ? { id: "@ts-morph/common", external: true } : null),
};

const bundle = await rolldown({
  input: "src/cli/main.ts",
  platform: "node",
  // What package.json lists as dependencies is installed beside it.
  external: /^(?!ts-morph$)[^./]/,
  plugins: [compilerAlone],
});
await bundle.write({
  dir: "dist/cli",
  entryFileNames: "main.cjs",
  chunkFileNames: "[name].cjs",
  // Before an ES module may import the compiler, Node searches its twelve megabytes for what they export.
  format: "cjs",
  // A process that ends in seconds has no use for most of what would be optimised for it meanwhile: a quarter of its
  // processor time, for nothing.
  intro: ({ isEntry }) => (isEntry ? 'require("node:v8").setFlagsFromString("--interrupt-budget=400000");' : ""),
});

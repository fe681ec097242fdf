#!/usr/bin/env node
import { createRequire } from "node:module";
import { join } from "node:path";
import { keepCompiled } from "./keep-compiled.ts";

// Before anything large is loaded. It is kept beside what is installed, and goes with it; where nothing is, it is not kept.
const compiler = createRequire(import.meta.url).resolve("@ts-morph/common");
const [installed] = /^.*[\\/]node_modules(?=[\\/])/.exec(compiler) ?? [];
if (installed !== undefined) keepCompiled(join(installed, ".cache/userpage"), { bytes: 100_000, seconds: 1 });

void import("./start.ts");

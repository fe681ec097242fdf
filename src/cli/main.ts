#!/usr/bin/env node
import { createRequire } from "node:module";
import { join } from "node:path";
import { keepCompiled } from "./keep-compiled.ts";

// Before anything large is loaded. It is kept beside what is installed, and goes with it.
const compiler = createRequire(import.meta.url).resolve("@ts-morph/common");
const installed = compiler.slice(0, compiler.lastIndexOf("node_modules") + "node_modules".length);
keepCompiled(join(installed, ".cache/userpage"), { bytes: 100_000, seconds: 1 });

void import("./start.ts");

// Runs in a process of its own, because the compiler it loads is the project's: reads a question from the standard input
// and answers on descriptor 3, which nothing that the compiler prints gets into.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import * as classic from "./classic.mjs";
import * as native from "./native.mjs";

/** @import { JudgeAnswer, JudgeQuestion, OwnCompiler } from "./protocol.ts" */
/** @typedef {{ readonly compiler: OwnCompiler, readonly question: JudgeQuestion }} Task */

/** @type {Task} */
const { compiler, question } = JSON.parse(readFileSync(0, "utf8"));
writeFileSync(3, JSON.stringify(await answer()));

/** @returns {Promise<JudgeAnswer>} */
async function answer() {
  switch (compiler.kind) {
    case "classic": {
      const ts = createRequire(compiler.entry)(compiler.entry);
      return classic.judge({ ts, hostOf: ts.createCompilerHost, settle: (options) => options }, question);
    }
    case "native": {
      const { API } = await import(pathToFileURL(compiler.entry).href);
      return native.judge(API, question);
    }
  }
}

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

/** What is not worth keeping: shorter files, and what a process that ended sooner has compiled of any. */
export interface Least {
  readonly bytes: number;
  readonly seconds: number;
}

/**
 * Lets the next process begin with what this one has compiled of the CommonJS modules it loads from here on. Node does so
 * itself from version 22 on; before, a process spends a third of a second on compiling the compiler anew.
 *
 * What is kept lies in `folder`, one file for each module and version of Node. It holds for the very same text alone, and V8
 * looks whether it is its own. Where it cannot be written or read, all goes on without.
 *
 * Shortcomings: before version 22 a module that is large enough to be kept cannot call `import()`; Node forgets where to.
 */
export function keepCompiled(folder: string, least: Least): void {
  if ("enableCompileCache" in Module && typeof Module.enableCompileCache === "function") {
    Module.enableCompileCache();
    return;
  }

  const { _compile: compileAnew } = Module.prototype as unknown as Loader;
  const compiled: Compiled[] = [];
  const loader: Loader = {
    _compile(content, filename) {
      if (content.length < least.bytes) return compileAnew.call(this, content, filename);
      const module = compile(content, filename, join(folder, keyOf(filename)));
      if (module.isNew) compiled.push(module);
      const run = module.script.runInThisContext() as Wrapper;
      return run.call(this.exports, this.exports, createRequire(filename), this, filename, dirname(filename));
    },
  };
  Object.assign(Module.prototype, loader);
  // At the end, when what it needed has been compiled.
  process.on("exit", () => {
    if (process.uptime() > least.seconds) compiled.forEach(write);
  });
}

// What Node calls with the text of a CommonJS module; `v8-compile-cache` stands in the same place.
interface Loader {
  _compile(this: NodeModule, content: string, filename: string): unknown;
}

type Wrapper = (
  this: unknown,
  exports: unknown,
  require: NodeJS.Require,
  module: NodeModule,
  filename: string,
  dirname: string,
) => unknown;

interface Compiled {
  readonly script: Script;
  /** Where it is kept. */
  readonly file: string;
  /** Of the text: V8 itself compares no more than its length. */
  readonly digest: Buffer;
  readonly isNew: boolean;
}

function keyOf(filename: string): string {
  return createHash("sha1").update(`${process.version} ${process.arch} ${filename}`).digest("hex");
}

function compile(content: string, filename: string, file: string): Compiled {
  const digest = createHash("sha1").update(content).digest();
  const cachedData = keptOf(file, digest);
  const script = new Script(Module.wrap(content), { filename, cachedData });
  return { script, file, digest, isNew: cachedData === undefined || script.cachedDataRejected === true };
}

function keptOf(file: string, digest: Buffer): Buffer | undefined {
  try {
    const kept = readFileSync(file);
    return kept.subarray(0, digest.length).equals(digest) ? kept.subarray(digest.length) : undefined;
  } catch {
    return undefined;
  }
}

// Under another name first: a process beside this one reads all of it or none.
function write({ script, file, digest }: Compiled): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch {
    return;
  }

  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, Buffer.concat([digest, script.createCachedData()]));
    renameSync(draft, file);
  } catch {
    rmSync(draft, { force: true });
  }
}

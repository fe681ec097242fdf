import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findOwnCompiler } from "./own-compiler.ts";

let root = "";

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "userpage-own-")));
  mkdirSync(join(root, "packages/app"), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

function put(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const app = () => findOwnCompiler(join(root, "packages/app"));

test("it is the nearest upward, as for the project's own build", () => {
  expect(app()).toBeUndefined();
  put("node_modules/typescript/package.json", '{ "name": "typescript", "version": "4.9.5" }');
  const shared = join(root, "node_modules/typescript/lib/typescript.js");
  expect(app()).toEqual({ kind: "classic", version: "4.9.5", entry: shared });
  put("packages/app/node_modules/typescript/package.json", '{ "name": "typescript", "version": "5.0.4" }');
  expect(app()?.version).toBe("5.0.4");
});

test("a link leads to where the package is, beside what it needs", () => {
  put("store/typescript@7.0.2/package.json", '{ "version": "7.0.2" }');
  put("store/typescript@7.0.2/dist/api/sync/api.js", "");
  mkdirSync(join(root, "node_modules"));
  symlinkSync(join(root, "store/typescript@7.0.2"), join(root, "node_modules/typescript"));
  const entry = join(root, "store/typescript@7.0.2/dist/api/sync/api.js");
  expect(app()).toEqual({ kind: "native", version: "7.0.2", entry });
});

test("a broken package is found too, to be named when it gives no answer", () => {
  put("node_modules/typescript/package.json", "{");
  expect(app()).toMatchObject({ kind: "classic", version: "of unknown version" });
});

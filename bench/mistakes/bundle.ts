import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { compileFunction } from "node:vm";
import { ts } from "ts-morph";

/** A module of the model, ready to be instantiated: it fills its exports, and asks for other modules. */
export type Factory = (exports: object, require: (specifier: string) => object) => void;

/** The modules of the model, its tests among them, by their path relative to the model. */
export type Bundle = ReadonlyMap<string, Factory>;

/** The texts of the model, by their path relative to it; of its tests those that need nothing but the model. */
export function modelTexts(model: string): ReadonlyMap<string, string> {
  const files = readdirSync(model, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const texts = files
    .sort()
    .map((file) => [file.replaceAll("\\", "/"), readFileSync(join(model, file), "utf8")] as const);
  return new Map(texts.filter(([, text]) => !/ from "(?:fast-check|node:\w+)"/.test(text)));
}

/** All modules, compiled once. They are instantiated as often as a machine has to start from nothing. */
export function bundleOf(model: string, texts: ReadonlyMap<string, string>): Bundle {
  return new Map([...texts].map(([file, text]) => [file, compiled(model, file, text)]));
}

/** One module; its name is that of the source, which the detectors look for in stacks. */
export function compiled(model: string, file: string, text: string): Factory {
  return compileFunction(javaScriptOf(text), ["exports", "require"], { filename: join(model, file) }) as Factory;
}

/** The text without its types, as a CommonJS module. */
export function javaScriptOf(text: string): string {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    verbatimModuleSyntax: false,
    isolatedModules: true,
  };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

/** Fresh instances of modules, on demand. `packages` stand in for what is imported from elsewhere. */
export function instantiate(bundle: Bundle, packages: ReadonlyMap<string, object>): (file: string) => object {
  const instances = new Map<string, object>();
  const instanceOf = (file: string): object => {
    const known = instances.get(file);
    if (known !== undefined) return known;
    const factory = bundle.get(file);
    if (factory === undefined) throw new Error(`the model has no module ${file}`);
    const exports = {};
    instances.set(file, exports);
    factory(exports, (specifier) => {
      if (!specifier.startsWith(".")) return packages.get(specifier) ?? refuse(file, specifier);
      return instanceOf(posix.join(posix.dirname(file), specifier));
    });
    return exports;
  };
  return instanceOf;
}

function refuse(file: string, specifier: string): never {
  throw new Error(`${file} imports ${specifier}, which is not there`);
}

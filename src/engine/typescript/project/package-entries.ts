import { dirname, join, relative } from "node:path";
import { ts } from "ts-morph";
import { type LoadedProject, projectFiles } from "./load.ts";

/** A way into the package, as package.json names it, and the source behind it. */
export interface PackageEntry {
  /** `.`, `./user-page`. */
  readonly entry: string;
  readonly file: ts.SourceFile;
}

/**
 * The entries of the package that a project belongs to: `exports`, the `types` of each before the rest, else `types` or
 * `main`. What the compiler writes is traced back to its source by rootDir and outDir, or else by the customary names of
 * source folders. None without a package.json.
 */
export function packageEntries(loaded: LoadedProject): readonly PackageEntry[] {
  const found = findPackage(loaded.root);
  if (found === undefined) return [];
  const sources = sourcesByStem(loaded, found.folder);
  return targetsOf(found.manifest).flatMap(([entry, target]) => behind(entry, target, sources));
}

type Stems = ReadonlyMap<string, ts.SourceFile>;

function findPackage(folder: string): { readonly folder: string; readonly manifest: object } | undefined {
  const text = ts.sys.readFile(join(folder, "package.json"));
  if (text === undefined) return dirname(folder) === folder ? undefined : findPackage(dirname(folder));
  const { config }: { config?: unknown } = ts.parseConfigFileTextToJson("package.json", text);
  return typeof config === "object" && config !== null ? { folder, manifest: config } : undefined;
}

function targetsOf(manifest: object): readonly (readonly [string, string])[] {
  const { exports: all } = manifest as { readonly exports?: unknown };
  if (all === undefined || all === null) {
    const { types, typings, main = "index" } = manifest as Readonly<Record<string, unknown>>;
    const target = [types, typings, main].find((each) => typeof each === "string");
    return typeof target === "string" ? [[".", target]] : [];
  }
  const isMap = typeof all === "object" && Object.keys(all).some((key) => key.startsWith("."));
  const subpaths = isMap ? Object.entries(all) : [[".", all] as const];
  return subpaths.flatMap(([entry, value]) => {
    const target = typesOf(value);
    return target === undefined ? [] : [[entry, target] as const];
  });
}

// The conditions of an entry in their order, but what says the types comes first.
function typesOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return undefined;
  const conditions = Object.entries(value).sort(([a], [b]) => Number(b === "types") - Number(a === "types"));
  return conditions.map(([, target]) => typesOf(target)).find((target) => target !== undefined);
}

// Every source by its own path and by that of its outputs, from the package's folder, without extensions.
function sourcesByStem(loaded: LoadedProject, folder: string): Stems {
  const { rootDir, outDir, declarationDir } = loaded.program().getCompilerOptions();
  const files = projectFiles(loaded);
  // Without rootDir it is the tsconfig's folder, or what the files share before TypeScript 6.
  const roots = rootDir === undefined ? [sharedFolder(files), loaded.root] : [rootDir];
  const stems = new Map<string, ts.SourceFile>();
  for (const file of files) {
    for (const out of [outDir, declarationDir].filter((each) => each !== undefined)) {
      for (const root of roots) stems.set(stemOf(relative(folder, join(out, relative(root, file.fileName)))), file);
    }
  }
  for (const file of files) stems.set(stemOf(relative(folder, file.fileName)), file);
  return stems;
}

function sharedFolder(files: readonly ts.SourceFile[]): string {
  const [first = "", ...others] = files.map(({ fileName }) => dirname(fileName));
  return others.reduce((shared, folder) => {
    const parts = folder.split("/");
    const differs = shared.split("/").findIndex((part, i) => part !== parts[i]);
    return differs === -1 ? shared : parts.slice(0, differs).join("/");
  }, first);
}

function behind(entry: string, target: string, sources: Stems): readonly PackageEntry[] {
  const stem = stemOf(target);
  if (!stem.includes("*")) {
    const file = [stem, ...sourceStems(stem)].flatMap(
      (each) => sources.get(each) ?? sources.get(`${each}/index`) ?? [],
    )[0];
    return file === undefined ? [] : [{ entry, file }];
  }
  const [before = "", after = ""] = stem.split("*");
  const starts = [before, ...sourceStems(before)];
  const entries = new Map<ts.SourceFile, PackageEntry>();
  for (const [each, file] of sources) {
    const start = starts.find((possible) => each.startsWith(possible) && each.endsWith(after));
    const star = start === undefined ? undefined : each.slice(start.length, each.length - after.length);
    if (star !== undefined && !entries.has(file)) entries.set(file, { entry: entry.replace("*", star), file });
  }
  return [...entries.values()];
}

// `dist/a` is usually made from `src/a`, whichever tsconfig makes it.
function sourceStems(stem: string): readonly string[] {
  if (!stem.includes("/")) return [];
  const inside = stem.slice(stem.indexOf("/") + 1);
  return [`src/${inside}`, `source/${inside}`, `lib/${inside}`, ...(inside === "" ? [] : [inside])];
}

function stemOf(path: string): string {
  return path
    .replaceAll("\\", "/")
    .replace(/^\.\//, "")
    .replace(/(?:\.d)?\.[cm]?[jt]sx?$|\/$/, "");
}

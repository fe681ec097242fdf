import { dirname, relative, resolve } from "node:path";
import { ts } from "ts-morph";

/** How a project writes the modules it imports. */
export interface PathHabits {
  readonly options: ts.CompilerOptions;
  /** Any file, for where the importing one has no import to go by. */
  readonly files: readonly ts.SourceFile[];
}

/** What a file writes to import from another: an alias where it uses that alias already, and the extension it writes. */
export function modulePath(file: ts.SourceFile, target: ts.SourceFile, habits: PathHabits): string {
  const written = specifiersOf(file);
  return aliasPath(target, written, habits.options) ?? relativePath(file, target, written, habits);
}

function specifiersOf(file: ts.SourceFile): readonly string[] {
  return file.statements.flatMap((each) =>
    (ts.isImportDeclaration(each) || ts.isExportDeclaration(each)) &&
    each.moduleSpecifier !== undefined &&
    ts.isStringLiteral(each.moduleSpecifier)
      ? [each.moduleSpecifier.text]
      : [],
  );
}

// `"@/*": ["src/*"]`: the file has to begin a specifier with `@/` already, and have a place under `src/`.
function aliasPath(target: ts.SourceFile, written: readonly string[], options: ts.CompilerOptions): string | undefined {
  const folder = options.baseUrl ?? (options as { readonly pathsBasePath?: string }).pathsBasePath;
  if (folder === undefined) return undefined;
  for (const [pattern, substitutes] of Object.entries(options.paths ?? {})) {
    const [prefix = "", suffix] = pattern.split("*");
    const sample = written.find((text) => text.startsWith(prefix) && !text.startsWith("."));
    if (suffix !== "" || sample === undefined || prefix === "") continue;
    for (const substitute of substitutes) {
      const root = `${resolve(folder, substitute.replace(/\*$/, "")).replaceAll("\\", "/")}/`;
      if (target.fileName.startsWith(root)) {
        return prefix + withExtension(target.fileName.slice(root.length), extensionIn([sample]) ?? "none");
      }
    }
  }
  return undefined;
}

function relativePath(
  file: ts.SourceFile,
  target: ts.SourceFile,
  written: readonly string[],
  { files, options }: PathHabits,
): string {
  const path = relative(dirname(file.fileName), target.fileName).replaceAll("\\", "/");
  const extension =
    extensionIn(written.filter(isRelative)) ??
    extensionIn(files.flatMap(specifiersOf).filter(isRelative)) ??
    (needsExtension(file, options) ? "js" : "none");
  return withExtension(path.startsWith(".") ? path : `./${path}`, extension);
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith(".");
}

type Extension = "ts" | "js" | "none";

function extensionIn(specifiers: readonly string[]): Extension | undefined {
  const sample = specifiers.find((text) => !/\.(?:json|css)$|(?:^|\/)\.{1,2}$/.test(text));
  if (sample === undefined) return undefined;
  if (/\.[cm]?tsx?$/.test(sample)) return "ts";
  return /\.[cm]?jsx?$/.test(sample) ? "js" : "none";
}

function needsExtension(file: ts.SourceFile, options: ts.CompilerOptions): boolean {
  const { moduleResolution: resolution } = options;
  const isNode = resolution === ts.ModuleResolutionKind.Node16 || resolution === ts.ModuleResolutionKind.NodeNext;
  return file.impliedNodeFormat === ts.ModuleKind.ESNext && (isNode || resolution === undefined);
}

function withExtension(path: string, extension: Extension): string {
  const bare = path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "");
  const isDeclared = /\.d\.[cm]?ts$/.test(path);
  switch (extension) {
    case "ts":
      return isDeclared ? `${bare}.js` : path;
    case "js":
      return `${bare}.${/\.(?:d\.)?([cm]?)[jt]sx?$/.exec(path)?.[1] ?? ""}js`;
    case "none":
      return bare.replace(/(?<=^\.{1,2}|.)\/index$/, "");
  }
}

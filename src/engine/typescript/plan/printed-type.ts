import { ts } from "ts-morph";
import { type Tag, untagged } from "../tagging/tag.ts";
import { modulePath } from "./imports/module-path.ts";
import type { Planner } from "./planner.ts";

/** A type as a file can write it at a node, with the occurrences of the base in it called as `nameOf` says. */
export function printedType(planner: Planner, type: ts.Type, at: ts.Node, nameOf: (tag: Tag) => string): string {
  const format = ts.TypeFormatFlags.NoTruncation;
  const printed = planner.checker.typeToString(type, at, format);
  return importable(planner, untaggedGeneric(planner, printed, nameOf), at.getSourceFile());
}

// `Tagged<Handle<string>, "@1">` is `BrandedHandle<string>`.
function untaggedGeneric(planner: Planner, printed: string, nameOf: (tag: Tag) => string): string {
  const { base } = planner.collected;
  const tagged = new RegExp(`__userpage_tagged<${base.name}(<.*?>), "(@\\d+)">`, "g");
  const named = printed.replaceAll(tagged, (_, inner: string, tag: Tag) => `${nameOf(tag)}${inner}`);
  return untagged(named, nameOf);
}

// The checker names a module that is not imported here by its whole path.
function importable(planner: Planner, printed: string, file: ts.SourceFile): string {
  return printed.replaceAll(/import\(["']([^"']+)["']\)/g, (written, path: string) => {
    const target = planner.habits.files.find(
      ({ fileName }) => fileName.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "") === path,
    );
    const packaged = path.split("/node_modules/").at(-1) ?? path;
    if (target === undefined)
      return path.includes("/node_modules/") ? `import("${packaged.replace(/^@types\//, "")}")` : written;
    return `import("${modulePath(file, target, planner.habits)}")`;
  });
}

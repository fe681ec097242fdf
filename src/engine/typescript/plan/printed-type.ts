import { ts } from "ts-morph";
import { type Tag, untagged } from "../tagging/tag.ts";
import { withoutHidden } from "./hidden-types.ts";
import { importsOf } from "./imports/imports.ts";
import { moduleAt } from "./imports/routes.ts";
import type { Planner } from "./planner.ts";

/**
 * A type as it can be written at a node, with the occurrences of the base in it called as `nameOf` says; what has
 * no name there is a member of its module, by the module's whole path.
 */
export function printedType(planner: Planner, type: ts.Type, at: ts.Node, nameOf: (tag: Tag) => string): string {
  const format = ts.TypeFormatFlags.NoTruncation;
  const print = (each: ts.Type) => named(planner, planner.checker.typeToString(each, at, format), at, nameOf);
  return withoutHidden(print(type), type, at, planner.checker, print);
}

/** The same of a type that is printed already. */
export function named(planner: Planner, printed: string, at: ts.Node, nameOf: (tag: Tag) => string): string {
  return unparenthesized(untaggedGeneric(planner, wholePaths(planner, printed, at.getSourceFile()), nameOf));
}

/** A printed type without the parentheses around a union that nothing binds tighter than: `(id: (string | Id)) => void`. */
export function unparenthesized(printed: string): string {
  return printed.replaceAll(/(?<=: |<|, |=> )\(([\w$.]+ \| [\w$.]+)\)(?=[,;)>}]| [|}]|$)/g, "$1");
}

// `Tagged<Handle<string>, "@1">` is `BrandedHandle<string>`.
function untaggedGeneric(planner: Planner, printed: string, nameOf: (tag: Tag) => string): string {
  const { base } = planner.collected;
  const tagged = new RegExp(`__userpage_tagged<${base.name}(<.*?>), "(@\\d+)">`, "g");
  const named = printed.replaceAll(tagged, (_, inner: string, tag: Tag) => `${nameOf(tag)}${inner}`);
  return untagged(named, nameOf);
}

// The checker names a module as the file imports it, and one that is not imported by its whole path.
function wholePaths({ checker }: Planner, printed: string, file: ts.SourceFile): string {
  return printed.replaceAll(/(?<=import\(["'])[^"']+/g, (path) => {
    const imported = importsOf(file).map(({ moduleSpecifier }) => moduleSpecifier);
    const specifier = imported.find((each) => ts.isStringLiteral(each) && each.text === path);
    return moduleAt(specifier, checker)?.fileName ?? path;
  });
}

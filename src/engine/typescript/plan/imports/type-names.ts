import { ts } from "ts-morph";
import { byFile, type Edit } from "../../../edit.ts";
import { isJavaScript } from "../../syntax/annotation.ts";
import { mentionsName } from "../../syntax/names.ts";
import { modulePath, type PathHabits } from "./module-path.ts";
import type { NeededName } from "./routes.ts";

/** Edits in which types are called as their file can call them, and what it has to import for that. */
export interface NamedTypes {
  readonly edits: readonly Edit[];
  readonly needs: ReadonlyMap<ts.SourceFile, readonly NeededName[]>;
}

/**
 * The types that the checker printed as members of a module, `import("/project/src/users").User`: by their name, which
 * their file then imports, and as an import type where it has that name for something else or is no module itself.
 */
export function nameTypes(
  edits: readonly Edit[],
  sourceOf: ReadonlyMap<string, ts.SourceFile>,
  habits: PathHabits,
): NamedTypes {
  const modules = new Map(habits.files.map((file) => [withoutExtension(file.fileName), file]));
  const needs = new Map<ts.SourceFile, readonly NeededName[]>();
  const groups = byFile(edits);
  const named = edits.map((edit) => {
    const file = sourceOf.get(edit.file);
    if (file === undefined || !edit.text.includes("import(")) return edit;
    const others = (groups.get(edit.file) ?? []).map(({ text }) => text.replaceAll(moduleMember, "")).join("\n");
    const importing = (name: string, declaredIn: ts.SourceFile) => {
      const known = needs.get(file) ?? [];
      const need = { name, declaredIn, isType: true, beside: undefined };
      if (!isFree(file, need, known, others)) return undefined;
      needs.set(file, [...known, need]);
      return name;
    };
    const text = edit.text.replaceAll(moduleMember, (written, path: string, name: string | undefined) => {
      const module = modules.get(withoutExtension(path));
      if (module === undefined) return packaged(written, path);
      const imported = name === undefined ? undefined : importing(name, module);
      return imported ?? written.replace(path, modulePath(file, module, habits));
    });
    return { ...edit, text };
  });
  return { edits: named, needs };
}

const moduleMember = /import\(["']([^"']+)["']\)(?:\.([\p{ID_Start}$_][\p{ID_Continue}$]*))?/gu;

function withoutExtension(path: string): string {
  return path.replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "");
}

function packaged(written: string, path: string): string {
  const [, name] = path.split(/.*\/node_modules\/(?:@types\/)?/);
  return name === undefined ? written : written.replace(path, name);
}

function isFree(file: ts.SourceFile, need: NeededName, known: readonly NeededName[], others: string): boolean {
  if (isJavaScript(file) || !ts.isExternalModule(file) || need.name === "default") return false;
  const same = known.find(({ name }) => name === need.name);
  if (same !== undefined) return same.declaredIn === need.declaredIn;
  return !mentionsName(file, need.name) && !mentions(others, need.name);
}

/** Does a text say the name, and not as a member of something else? */
export function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![.\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(text);
}

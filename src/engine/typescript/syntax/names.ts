import { ts } from "ts-morph";
import { commentsOf } from "./annotation.ts";

type WithIdentifiers = ts.SourceFile & { readonly identifiers?: ReadonlyMap<string, string> };

/** Whether the parser met this identifier anywhere in the file: a look-up, not a walk. */
export function mentionsName(file: ts.SourceFile, name: string): boolean {
  const { identifiers } = file as WithIdentifiers;
  return identifiers === undefined || identifiers.has(name);
}

/** Which of the files mention a name. All their names are put in order once, when the first one is asked for. */
export function createNameIndex(files: readonly ts.SourceFile[]): (name: string) => readonly ts.SourceFile[] {
  let mentioning: ReadonlyMap<string, readonly ts.SourceFile[]> | undefined;
  const untold = files.filter((file) => (file as WithIdentifiers).identifiers === undefined);
  return (name) => {
    mentioning ??= filesByName(files);
    return [...(mentioning.get(name) ?? []), ...untold];
  };
}

function filesByName(files: readonly WithIdentifiers[]): Map<string, ts.SourceFile[]> {
  const mentioning = new Map<string, ts.SourceFile[]>();
  for (const file of files) {
    for (const name of file.identifiers?.keys() ?? []) {
      const known = mentioning.get(name);
      if (known === undefined) mentioning.set(name, [file]);
      else known.push(file);
    }
  }
  return mentioning;
}

/** Every identifier, private name and string of a file that says this name, comments with types included, in source order. */
export function namesIn(file: ts.SourceFile, name: string): readonly ts.Node[] {
  const found: ts.Node[] = [];
  // By the text first, because most files that mention a name do so in a few places.
  for (let at = file.text.indexOf(name); at !== -1; at = file.text.indexOf(name, at + name.length)) {
    if (isWordPart(file.text, at - 1) || isWordPart(file.text, at + name.length)) continue;
    const node = nameAt(file, at, name);
    if (node !== undefined) found.push(node);
  }
  return found;
}

function isWordPart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return false;
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 36
  );
}

function nameAt(node: ts.Node, at: number, name: string): ts.Node | undefined {
  const within = (child: ts.Node) => (child.pos <= at && at < child.end ? nameAt(child, at, name) : undefined);
  for (const comment of commentsOf(node)) {
    const found = within(comment);
    if (found !== undefined) return found;
  }
  return ts.forEachChild(node, within) ?? (says(node, name) ? node : undefined);
}

function says(node: ts.Node, name: string): boolean {
  return (ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === name;
}

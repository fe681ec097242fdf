import { type Draft, fileNames } from "./draft.ts";

/**
 * The files with their imports, path and text: every name is unique, so a word that another file exports is meant to be
 * imported.
 */
export function withImports(draft: Draft): readonly (readonly [string, string])[] {
  const used = fileNames.filter((file) => draft.tops.has(file) || draft.bodies.has(file));
  const texts = used.map(
    (file) => [file, [...(draft.tops.get(file) ?? []), ...(draft.bodies.get(file) ?? [])].join("\n")] as const,
  );
  const all = [["base.ts", baseText(draft)] as const, ...texts];
  return texts.map(([file, text]) => {
    const others = all.filter(([other]) => other !== file);
    const imports = others.flatMap(([other, exporting]) => importFrom(other, exportedNames(exporting), text));
    return [file, `${[...imports, "", text].join("\n").trimStart()}\n`] as const;
  });
}

/** What a program starts with, and its source. */
export function baseText({ foundation, recipe }: Draft): string {
  return foundation.text + foundation.source[recipe.source];
}

function importFrom(file: string, names: readonly string[], text: string): readonly string[] {
  const wanted = names.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  return wanted.length === 0 ? [] : [`import { ${wanted.join(", ")} } from "./${file}";`];
}

const exported = /^export (?:declare |abstract |async )*(?:function\*?|const|class|interface|type|namespace) (\w+)/gm;

function exportedNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(exported)].map(([, name = ""]) => name))];
}

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** A path of the model: its own modules and whatever they import. */
export interface Part {
  readonly name: string;
  /** Relative to the model. */
  readonly files: ReadonlySet<string>;
}

/** The part projects of the model. */
export function readParts(model: string): readonly Part[] {
  const folder = join(model, "paths");
  return readdirSync(folder).map((project) => {
    const { files }: { readonly files: readonly string[] } = JSON.parse(readFileSync(join(folder, project), "utf8"));
    const all = withImports(files.map((file) => join(folder, file)));
    return {
      name: project.replace(".tsconfig.json", ""),
      files: new Set(all.map((file) => relative(model, file).replaceAll("\\", "/"))),
    };
  });
}

// The set grows while it is walked.
function withImports(files: readonly string[]): readonly string[] {
  const all = new Set(files);
  for (const file of all) {
    for (const [, path = ""] of readFileSync(file, "utf8").matchAll(/ from "(\.[^"]+)";$/gmu)) {
      all.add(join(dirname(file), path));
    }
  }
  return [...all];
}

import { readProjects } from "../typescript/project/project-config.ts";

/**
 * The tsconfigs whose files have to be checked: the project's own, and of those it references the ones in which
 * something was edited, there or in what they reference in turn. Each is checked under its own options.
 * @param configFile absolute
 * @param edited absolute paths
 */
export function judgedProjects(configFile: string, edited: ReadonlySet<string>): readonly string[] {
  const projects = readProjects(configFile);
  const touched = new Set<string>();
  const isTouched = (each: string) => {
    const { files, references } = projects.get(each) ?? { files: [], references: [] };
    return files.some((file) => edited.has(file)) || references.some((reference) => touched.has(reference));
  };
  const touch = (): void => {
    const next = [...projects.keys()].filter((each) => !touched.has(each) && isTouched(each));
    for (const each of next) touched.add(each);
    if (next.length > 0) touch();
  };
  touch();
  return [...projects].flatMap(([each, { files }]) =>
    files.length > 0 && (each === configFile || touched.has(each)) ? [each] : [],
  );
}

import type { LoadedProject } from "./load.ts";
import { type PlainConfig, readProjects } from "./project-config.ts";

/** May this file import from the one where the brand stands? By its absolute path. */
export type Visibility = (path: string) => boolean;

/**
 * Of a project with references: a file of a project that neither holds the brand's file nor references, directly or not,
 * one that does can import nothing from there. That is so where the compiler insists on it: in a composite project, and
 * where `rootDir` leaves the brand's file out. What belongs to no tsconfig may import whatever it likes.
 */
export function createVisibility(loaded: LoadedProject, home: string): Visibility {
  const projects = readProjects(loaded.configFile);
  if (projects.size === 1) return () => true;
  const owners = ownersIn(projects);
  const ownersOf = (path: string) => new Set(loaded.namesOf(path).flatMap((name) => owners.get(name) ?? []));
  const homes = ownersOf(home);
  const open = new Set(
    [...projects].flatMap(([each, config]) => {
      const isOpen = !isClosed(config, home) || reachedFrom(each, projects).some((reached) => homes.has(reached));
      return isOpen ? [each] : [];
    }),
  );
  return (path) => homes.size === 0 || [...ownersOf(path)].every((owner) => open.has(owner));
}

type Projects = ReadonlyMap<string, PlainConfig>;

function ownersIn(projects: Projects): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const [project, { files }] of projects) {
    for (const file of files) owners.set(file, [...(owners.get(file) ?? []), project]);
  }
  return owners;
}

function isClosed({ isComposite, rootDir }: PlainConfig, home: string): boolean {
  return isComposite || (rootDir !== undefined && !home.startsWith(`${rootDir}/`));
}

// Itself first; the list grows while it is walked.
function reachedFrom(project: string, projects: Projects): readonly string[] {
  const reached = new Set([project]);
  for (const each of reached) for (const next of projects.get(each)?.references ?? []) reached.add(next);
  return [...reached];
}

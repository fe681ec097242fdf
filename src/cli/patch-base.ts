import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EditedFile } from "./edited-files.ts";
import { diffBase, isInside } from "./unified-diff.ts";

/**
 * What the paths in a series are relative to: the top of the git repository that holds all the files, since `git am`
 * takes no other; where there is none, as for a diff.
 * @throws InputError for a file outside both the working directory and the project's folder, without a repository
 */
export function patchBase(files: readonly EditedFile[], cwd: string, root: string): string {
  const top = repositoryOf(root);
  if (top !== undefined && files.every(({ path }) => isInside(top, path))) return top;
  return diffBase(files, cwd, root);
}

// A worktree and a submodule have a file of that name, a repository a folder.
function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : repositoryOf(above);
}

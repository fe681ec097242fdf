import type { ts } from "ts-morph";
import { mentionsName } from "./occurrences.ts";
import { type Alias, defaultImports, isDefaultName, renamesIn } from "./renames.ts";

/** Names, and every name that the aliases met so far lead on to. */
export interface Names {
  readonly all: ReadonlySet<string>;
  add(name: string): void;
  learn(aliases: Iterable<Alias>): void;
}

/** No names yet; `files` are asked for their default imports once a default export is among the names. */
export function createNames(files: readonly ts.SourceFile[], checker: ts.TypeChecker): Names {
  const all = new Set<string>();
  const aliases = new Map<string, Set<string>>();
  let imported = false;
  const add = (name: string): void => {
    if (all.has(name)) return;
    all.add(name);
    if (isDefaultName(name) && !imported) {
      imported = true;
      for (const file of files) learn(defaultImports(file, checker));
    }
    for (const next of aliases.get(name) ?? []) add(next);
  };
  const learn = (found: Iterable<Alias>): void => {
    for (const { from, to } of found) {
      aliases.set(from, (aliases.get(from) ?? new Set<string>()).add(to));
      if (all.has(from)) add(to);
    }
  };
  return { all, add, learn };
}

/** Every name that imports and exports give to what is declared as `name`. */
export function namesOf(name: string, files: readonly ts.SourceFile[], checker: ts.TypeChecker): ReadonlySet<string> {
  const names = createNames(files, checker);
  names.add(name);
  const rest = new Set(files);
  for (;;) {
    const next = [...rest].filter((file) => [...names.all].some((each) => mentionsName(file, each)));
    if (next.length === 0) return names.all;
    for (const file of next) {
      rest.delete(file);
      names.learn(renamesIn(file));
    }
  }
}

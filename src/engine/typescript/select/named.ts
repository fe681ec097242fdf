import { ts } from "ts-morph";
import { NoSource, NoSuchFile } from "../../input-error.ts";
import type { Migration } from "../../migration.ts";
import { annotationOf } from "../syntax/annotation.ts";
import { type Selection, type SelectionScope, selectValues } from "./select.ts";

/** A plain release and its branded counterpart, as declarations. */
export interface ReleasePair {
  readonly plain: readonly Selection[];
  readonly branded: readonly Selection[];
}

/** The ways out of the checked types and back, as declarations. */
export interface Erasure {
  readonly out: readonly Selection[];
  readonly back: readonly Selection[];
}

/** What a migration names, as declarations. */
export interface Named {
  readonly sources: readonly [Selection, ...Selection[]];
  readonly sinks: readonly Selection[];
  readonly releases: readonly ReleasePair[];
  readonly cuts: readonly Selection[];
  /** What says at run time whether a value is branded. */
  readonly flag: Selection | undefined;
  readonly erasures: readonly Erasure[];
}

/**
 * Finds what a migration names. In a part of a project selectors that name files outside it mean nothing.
 * @throws InputError when a selector means nothing or too much, or there is no source
 */
export function namedBy(migration: Migration, scope: SelectionScope, isPart: boolean): Named {
  const named = (selector: string) => valuesNamed(selector, scope, isPart);
  const [first, ...others] = migration.sources.flatMap(named);
  const sinks = migration.sinks.flatMap(named);
  const releases = migration.releases.map(({ plain, branded }) => ({ plain: named(plain), branded: named(branded) }));
  const cuts = (migration.cuts ?? []).flatMap(named);
  const [flag] = migration.flag === undefined ? [] : named(migration.flag);
  if (first === undefined) throw new NoSource("no source; say what produces the brand with --source file.ts#function");
  const erasures = (migration.erasures ?? []).map(({ out, back }) => ({ out: named(out), back: named(back) }));
  return { sources: [first, ...others], sinks, releases, cuts, flag, erasures };
}

function valuesNamed(selector: string, scope: SelectionScope, isPart: boolean): readonly Selection[] {
  try {
    return selectValues(selector, scope);
  } catch (error) {
    if (isPart && error instanceof NoSuchFile) return [];
    throw error;
  }
}

/** The parameters of a selected function; none of anything else. */
export function parametersOf({ declaration, name }: Selection): readonly Selection[] {
  if (!ts.isFunctionLike(declaration)) return [];
  return declaration.parameters.map((parameter) => ({
    declaration: parameter,
    annotation: annotationOf(parameter),
    name,
  }));
}

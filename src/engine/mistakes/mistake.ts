import type { TextChange } from "../edit.ts";

/** The kinds of mistakes, in words. */
export const mistakeText = {
  "wrong-release": "the plain release, where the branded one is called",
  "wrong-branded": "the branded release, where the plain one is called",
  "second-release": "the release twice",
  "missing-release": "no release",
  "use-after-release": "a member is read right after the release",
  "call-after-release": "a call that takes the value, and stood in front, after the release",
  "release-first": "the release before the statement in front of it",
  "one-too-few": "a loop, a slice or a count around the release ends one too early, or starts one too late",
  "one-too-many": "a loop, a slice or a count ends one too late",
} as const;

/** One of the kinds. */
export type MistakeKind = keyof typeof mistakeText;

/** All kinds, in the order of the tables. */
export const mistakeKinds = Object.keys(mistakeText) as readonly MistakeKind[];

/** A call that releases, in the project as it is on disk: where its name stands, and in which function. */
export interface ReleasePlace {
  readonly file: string;
  readonly line: number;
  /** Of the name that is called. */
  readonly start: number;
  /** The function around it, null at the top of a file. */
  readonly owner: string | null;
  /** The name that is called there. */
  readonly name: string;
  /** `plain` and `branded` are those of the migration; `through` releases what it is given by calling one of them. */
  readonly side: "plain" | "branded" | "through";
}

/** A mistake, made in the text of a project that was edited for a strategy. */
export interface Mutant {
  readonly kind: MistakeKind;
  readonly place: ReleasePlace;
  /** To the edited text. */
  readonly changes: readonly TextChange[];
  /** Does it leave the types of all functions as they are? */
  readonly isLocal: boolean;
}

/** The same for the same mistake at the same place, whatever was edited before. */
export function mutantKey({ kind, place }: Pick<Mutant, "kind" | "place">): string {
  return `${place.file}:${place.line} ${place.start} ${kind}`;
}

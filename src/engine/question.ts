import type { Site } from "./graph/graph.ts";
import type { Migration } from "./migration.ts";

/** A line of a file. */
export type Place = Pick<Site, "file" | "line">;

/** Everything that `measure()` is asked, with paths as the user typed them. */
export interface MeasureRequest {
  /** A tsconfig, or a folder that holds one; relative to the working directory. */
  readonly project: string;
  readonly migration: Migration;
  /** Absolute. Report paths are relative to it. */
  readonly workingDirectory: string;
  readonly verify: "no" | "sufficient" | "necessary";
  /** Only a part of the project that the question is about: selectors that name files outside it mean nothing. */
  readonly isPart?: boolean;
  /** Lines to search for flows, though nothing that is reached may lead there; files as in the report. */
  readonly search?: readonly Place[];
}

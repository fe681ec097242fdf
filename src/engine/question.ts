import type { Migration } from "./migration.ts";

/** Everything that `measure()` is asked, with paths as the user typed them. */
export interface MeasureRequest {
  /** A tsconfig, or a folder that holds one; relative to the working directory. */
  readonly project: string;
  readonly migration: Migration;
  /** Absolute. Report paths are relative to it. */
  readonly workingDirectory: string;
  readonly verify: "no" | "sufficient" | "necessary";
}

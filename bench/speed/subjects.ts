import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateProject, type Size } from "../generated/generate-project.ts";

/** A project and a question about it. */
export interface Subject {
  readonly name: string;
  /** Makes the project, if it is not there yet, and says where its tsconfig.json stands. */
  readonly prepare: () => string;
  /** Options of `measure`, but for the project. */
  readonly question: readonly string[];
}

const lease = ["--source", "src/lease/origin.ts#openLease", "--brand", "OpenLease"];
const account = ["--source", "src/lease/origin.ts#createAccount", "--brand", "Account", "--mode", "subtype"];

/** The generated projects: three sizes of the same reach, three reaches of the same size, two questions. */
export const generatedSubjects: readonly Subject[] = [
  generated(50_000, 200, "object", lease),
  generated(200_000, 200, "object", lease),
  generated(1_000_000, 50, "object", lease),
  generated(1_000_000, 200, "object", lease),
  generated(1_000_000, 800, "object", lease),
  generated(1_000_000, 200, "string", account),
];

function generated(lines: number, reach: number, base: string, question: readonly string[]): Subject {
  const size: Size = { lines, reach, seed: 1 };
  return { name: `generated-${lines / 1000}k-${reach}-${base}`, prepare: () => prepareGenerated(size), question };
}

function prepareGenerated(size: Size): string {
  const folder = join(tmpdir(), `userpage-generated-${size.lines}-${size.reach}-${size.seed}`);
  mkdirSync(folder, { recursive: true });
  return generateProject(folder, size).folder;
}

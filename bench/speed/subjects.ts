import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateProject, type Size } from "../generated/generate-project.ts";
import { unpack } from "../published/unpack.ts";

/** A project, a question about it, and how long to look. */
export interface Subject {
  readonly name: string;
  /** Of a generated project. */
  readonly size?: Size;
  /** How often each contestant runs. */
  readonly rounds: number;
  /** Does the loop run as well? */
  readonly loop: boolean;
  /** Makes the project and says where its tsconfig.json stands. */
  readonly prepare: () => string;
  readonly source: string;
  readonly brand: string;
  /** `file#Name`, or the name of a primitive. */
  readonly base: string;
  readonly mode: "distinct" | "subtype";
}

type Question = Pick<Subject, "source" | "brand" | "base" | "mode">;

const lease: Question = {
  source: "src/lease/origin.ts#openLease",
  brand: "OpenLease",
  base: "src/lease/origin.ts#Lease",
  mode: "distinct",
};
const account: Question = {
  source: "src/lease/origin.ts#createAccount",
  brand: "Account",
  base: "string",
  mode: "subtype",
};

/**
 * Published sources of three sizes; then three sizes of one reach and three reaches of one size, generated. Objects are
 * asked for as distinct types and strings as subtypes, in which the compiler forces nothing and a loop has nothing to do.
 */
export const subjects: readonly Subject[] = [
  published("rxjs", {
    source: "src/internal/Observable.ts#Observable.subscribe",
    brand: "ActiveSubscription",
    base: "src/internal/Subscription.ts#Subscription",
    mode: "distinct",
  }),
  published("ox", { source: "src/core/Hex.ts#size", brand: "ByteCount", base: "number", mode: "subtype" }),
  published("effect", { source: "src/Duration.ts#toMillis", brand: "Millis", base: "number", mode: "subtype" }),
  generated(50_000, 200, lease, { rounds: 3, loop: true }),
  generated(200_000, 50, lease, { rounds: 1, loop: false }),
  generated(200_000, 200, lease, { rounds: 2, loop: true }),
  generated(200_000, 800, lease, { rounds: 1, loop: false }),
  generated(200_000, 200, account, { rounds: 1, loop: false }),
  generated(1_000_000, 200, lease, { rounds: 1, loop: false }),
];

/** The options of `measure` that ask a subject's question, but for the project. */
export function questionOptions({ source, brand, base, mode }: Subject): readonly string[] {
  return ["--source", source, "--brand", brand, "--base", base, "--mode", mode];
}

function published(name: string, question: Question): Subject {
  return { name, rounds: 3, loop: question.mode === "distinct", prepare: () => unpack(name).folder, ...question };
}

function generated(lines: number, reach: number, question: Question, how: Pick<Subject, "rounds" | "loop">): Subject {
  const size: Size = { lines, reach, seed: 1 };
  const name = `${lines / 1000}k/${reach} ${question.brand}`;
  return { name, size, prepare: () => prepareGenerated(size), ...question, ...how };
}

function prepareGenerated(size: Size): string {
  const folder = join(tmpdir(), `userpage-generated-${size.lines}-${size.reach}-${size.seed}`);
  mkdirSync(folder, { recursive: true });
  return generateProject(folder, size).folder;
}

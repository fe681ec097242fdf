import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateProject, type Size } from "../generated/generate-project.ts";
import { unpack } from "../published/unpack.ts";

/** A project and a question about it. */
export interface Subject {
  readonly name: string;
  /** Makes the project and says where its tsconfig.json stands. */
  readonly prepare: () => string;
  readonly source: string;
  readonly brand: string;
  /** `file#Name`, or the name of a primitive. */
  readonly base: string;
  readonly mode: "distinct" | "subtype";
}

type Question = Omit<Subject, "name" | "prepare">;

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

/** Published sources of three sizes; then three sizes of one reach and three reaches of one size, generated. */
export const subjects: readonly Subject[] = [
  published("@automerge/automerge-repo", {
    source: "src/Repo.ts#randomPeerId",
    brand: "src/types.ts#PeerId",
    base: "string",
    mode: "subtype",
  }),
  published("rxjs", {
    source: "src/internal/Observable.ts#Observable.subscribe",
    brand: "ActiveSubscription",
    base: "src/internal/Subscription.ts#Subscription",
    mode: "distinct",
  }),
  published("ox", { source: "src/core/Hex.ts#size", brand: "ByteCount", base: "number", mode: "subtype" }),
  generated(50_000, 200, lease),
  generated(200_000, 200, lease),
  generated(1_000_000, 50, lease),
  generated(1_000_000, 200, lease),
  generated(1_000_000, 800, lease),
  generated(1_000_000, 200, account),
];

/** The options of `measure` that ask a subject's question, but for the project. */
export function questionOptions({ source, brand, base, mode }: Subject): readonly string[] {
  return ["--source", source, "--brand", brand, "--base", base, "--mode", mode];
}

function published(name: string, question: Question): Subject {
  return { name, prepare: () => unpack(name).folder, ...question };
}

function generated(lines: number, reach: number, question: Question): Subject {
  const size: Size = { lines, reach, seed: 1 };
  return { name: `${lines / 1000}k/${reach} ${question.brand}`, prepare: () => prepareGenerated(size), ...question };
}

function prepareGenerated(size: Size): string {
  const folder = join(tmpdir(), `userpage-generated-${size.lines}-${size.reach}-${size.seed}`);
  mkdirSync(folder, { recursive: true });
  return generateProject(folder, size).folder;
}

import { carriers } from "./carriers.ts";
import { fillerPieces } from "./filler.ts";
import type { Random } from "./random.ts";

/** A module before it is written out: where it stands, what it is about, and what it imports. */
export interface PlannedModule {
  /** Relative to the project, with `/`. */
  readonly file: string;
  readonly noun: string;
  readonly lines: number;
  /** Ordinary modules whose functions it calls. */
  readonly uses: readonly PlannedModule[];
  /** The module it has the lease and the account from; undefined for one that never meets them. */
  readonly parent: PlannedModule | undefined;
}

/** Where the two values come from. */
export const origin: PlannedModule = {
  file: "src/lease/origin.ts",
  noun: "Origin",
  lines: 40,
  uses: [],
  parent: undefined,
};

/** The module that produces the lease (an object) and the account (a string); others produce plain ones as well. */
export const originText = `export interface Lease {
  readonly number: number;
  readonly since: number;
  readonly holder: string;
}

let count = 0;

export function openLease(holder: string): Lease {
  count += 1;
  return { number: count, since: count * 10, holder };
}

export function borrowLease(holder: string): Lease {
  return { number: 0, since: 0, holder };
}

export function createAccount(): string {
  count += 1;
  return "account-" + count.toString(36);
}

export function describeLease(lease: Lease): string {
  return \`\${lease.number} since \${lease.since}\`;
}

export function leaseOfOrigin(): Lease {
  return openLease("origin");
}

export function accountOfOrigin(): string {
  return createAccount();
}
`;

/** The text of a module, near the number of lines it was planned with. */
export function moduleText(planned: PlannedModule, random: Random): string {
  const isBorrower = planned.parent === undefined && random.below(50) === 0;
  const parts = [header(planned, isBorrower), ordinary(planned, random)];
  if (planned.parent !== undefined) parts.push(random.pick(carriers)(planned.noun, planned.parent.noun));
  if (isBorrower) parts.push(borrower(planned.noun));
  let lines = count(parts);
  for (let n = 0; lines < planned.lines; n++) {
    const piece = random.pick(fillerPieces)(planned.noun, n, random);
    parts.push(piece);
    lines += piece.split("\n").length - 1;
  }
  return parts.join("");
}

function count(parts: readonly string[]): number {
  return parts.join("").split("\n").length;
}

function header({ file, uses, parent }: PlannedModule, isBorrower: boolean): string {
  const depth = "../".repeat(file.split("/").length - 2);
  const from = (path: string) => `"${depth}${path.replace(/^src\//, "").replace(/\.ts$/, "")}"`;
  const lines = [
    `import { firstOf, groupBy, sum, tap } from ${from("src/lib/collections.ts")};`,
    `import { attempt, failure, type Result, success, valueOr } from ${from("src/lib/result.ts")};`,
    `import { type Keyed, Repository } from ${from("src/lib/repository.ts")};`,
    ...uses.map(({ file: used, noun }) => `import { make${noun}, type ${noun}, name${noun} } from ${from(used)};`),
  ];
  if (parent !== undefined) {
    lines.push(`import { accountOf${parent.noun}, leaseOf${parent.noun} } from ${from(parent.file)};`);
    lines.push(`import { describeLease, type Lease } from ${from(origin.file)};`);
  }
  if (isBorrower) lines.push(`import { borrowLease, describeLease, type Lease } from ${from(origin.file)};`);
  return `${lines.join("\n")}\n`;
}

// The same type, another producer: what only this reaches has to stay as it is.
function borrower(noun: string): string {
  return `
export function borrowFor${noun}(holder: string): Lease {
  const lease: Lease = borrowLease(holder);
  return describeLease(lease) === "" ? borrowLease("nobody") : lease;
}
`;
}

// What every module exports, so that any other can use it.
function ordinary({ noun, uses, parent }: PlannedModule, random: Random): string {
  // A name that the reached modules use too, for something else: it must cost a look and no more.
  const collides = parent === undefined && random.below(10) === 0;
  return `
export interface ${noun} {
  readonly key: string;
  readonly name: string;
  ${collides ? "account" : "reference"}: string;
  ${uses.map((used) => `readonly ${used.noun.toLowerCase()}: ${used.noun} | undefined;`).join("\n  ")}
}

export function make${noun}(key: string, name: string): ${noun} {
  return { key, name, ${collides ? "account" : "reference"}: \`\${key}/\${name}\`, ${uses.map((used) => `${used.noun.toLowerCase()}: make${used.noun}(key, name)`).join(", ")} };
}

export function name${noun}(item: ${noun}): string {
  const parts = [item.name, ${uses.map((used) => `item.${used.noun.toLowerCase()} ? name${used.noun}(item.${used.noun.toLowerCase()}) : ""`).join(", ")}];
  return parts.filter((part) => part !== "").join(" / ");
}
`;
}

import type { Random } from "./random.ts";

/** One piece of ordinary code; `n` makes its names unique in the module, `noun` is what the module is about. */
export type Piece = (noun: string, n: number, random: Random) => string;

/** Code as it stands in any business program: strings everywhere, none of them the value that is asked about. */
export const fillerPieces: readonly [Piece, ...Piece[]] = [
  (noun, n, random) => `
/** What is kept about a ${noun.toLowerCase()} while it is being worked on. */
export interface ${noun}Draft${n} {
  readonly key: string;
  title: string;
  ${random.pick(["owner", "author", "editor", "origin"])}: string;
  revision: number;
  labels: readonly string[];
  attributes: Record<string, string | number>;
  replaced?: ${noun}Draft${n};
}

export function start${noun}Draft${n}(key: string, title: string): ${noun}Draft${n} {
  const ${noun.toLowerCase()}Name = title.trim() === "" ? \`untitled \${key}\` : title;
  return { key, title: ${noun.toLowerCase()}Name, owner: "nobody", author: "nobody", editor: "nobody", origin: "here", revision: 1, labels: [], attributes: {} } as ${noun}Draft${n};
}

export function revise${noun}Draft${n}(draft: ${noun}Draft${n}, change: Partial<${noun}Draft${n}>): ${noun}Draft${n} {
  return { ...draft, ...change, revision: draft.revision + 1, replaced: draft };
}
`,
  (noun, n) => `
export class ${noun}Cache${n} {
  private readonly entries = new Map<string, { readonly text: string; readonly at: number }>();
  #hits = 0;

  constructor(
    private readonly limit: number,
    readonly name: string = "${noun.toLowerCase()}-${n}",
  ) {}

  get hits(): number {
    return this.#hits;
  }

  read(key: string, now: number): string | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined || entry.at + this.limit < now) return undefined;
    this.#hits++;
    return entry.text;
  }

  write(key: string, text: string, at: number): void {
    this.entries.set(\`\${this.name}:\${key}\`, { text, at });
    if (this.entries.size > this.limit) this.evict();
  }

  private evict(): void {
    const [oldest] = [...this.entries].sort(([, a], [, b]) => a.at - b.at);
    if (oldest) this.entries.delete(oldest[0]);
  }
}
`,
  (noun, n) => `
export type ${noun}Event${n} =
  | { readonly type: "opened"; readonly by: string; readonly at: number }
  | { readonly type: "renamed"; readonly from: string; readonly to: string }
  | { readonly type: "tagged"; readonly tags: readonly string[] }
  | { readonly type: "closed"; readonly reason?: string };

export function describe${noun}Event${n}(event: ${noun}Event${n}): string {
  switch (event.type) {
    case "opened":
      return \`\${event.by} opened it at \${event.at}\`;
    case "renamed":
      return \`\${event.from} is now \${event.to}\`;
    case "tagged":
      return event.tags.map((tag) => tag.toUpperCase()).join(", ");
    case "closed":
      return event.reason ?? "closed";
  }
}

export function count${noun}Events${n}(events: readonly ${noun}Event${n}[]): Record<${noun}Event${n}["type"], number> {
  const counts = { opened: 0, renamed: 0, tagged: 0, closed: 0 };
  for (const { type } of events) counts[type] += 1;
  return counts;
}
`,
  (noun, n) => `
export async function fetch${noun}Page${n}(
  load: (path: string) => Promise<string>,
  path: string,
  retries: number = 3,
): Promise<Result<readonly string[]>> {
  for (let i = 0; i < retries; i++) {
    const answer = await attempt(() => load(\`\${path}?page=\${i}\`));
    if (!answer.ok) continue;
    const lines = answer.value.split("\\n").filter((line) => line.length > 0);
    if (lines.length > 0) return success(lines);
  }
  return failure(\`${noun.toLowerCase()} \${path} has no page\`);
}

export async function fetchAll${noun}Pages${n}(load: (path: string) => Promise<string>, paths: readonly string[]): Promise<string[]> {
  const pages = await Promise.all(paths.map((path) => fetch${noun}Page${n}(load, path)));
  return pages.flatMap((page) => [...valueOr(page, [])]);
}
`,
  (noun, n) => `
const ${noun.toLowerCase()}Limits${n} = {
  small: { most: 10, text: "a few" },
  medium: { most: 100, text: "some" },
  large: { most: 1000, text: "many" },
} as const satisfies Record<string, { most: number; text: string }>;

export type ${noun}Size${n} = keyof typeof ${noun.toLowerCase()}Limits${n};

export function size${noun}${n}(amount: number): ${noun}Size${n} {
  if (amount <= ${noun.toLowerCase()}Limits${n}.small.most) return "small";
  return amount <= ${noun.toLowerCase()}Limits${n}.medium.most ? "medium" : "large";
}

export function explain${noun}Size${n}(amount: number, { plural = "s", noun = "${noun.toLowerCase()}" } = {}): string {
  const { text } = ${noun.toLowerCase()}Limits${n}[size${noun}${n}(amount)];
  return \`\${text} \${noun}\${amount === 1 ? "" : plural}\`;
}
`,
  (noun, n) => `
export interface ${noun}Row${n} extends Keyed {
  readonly cells: readonly number[];
  readonly note: string | null;
}

export class ${noun}Rows${n} extends Repository<${noun}Row${n}> {
  override readonly kind: string = "${noun.toLowerCase()}-rows";

  total(key: string): number {
    return sum(this.find(key)?.cells ?? []);
  }

  byNote(): Map<string, ${noun}Row${n}[]> {
    return groupBy([...this.items.values()], (row) => row.note ?? "");
  }

  override add(item: ${noun}Row${n}): this {
    if (item.cells.length === 0) throw new RangeError(\`\${this.kind}: \${item.key} has no cells\`);
    return super.add(item);
  }
}
`,
  (noun, n) => `
export function parse${noun}Line${n}(line: string): { readonly key: string; readonly values: number[] } | undefined {
  const match = /^(?<key>[a-z]+)\\s*=\\s*(?<rest>.*)$/u.exec(line);
  if (!match?.groups) return undefined;
  const { key = "", rest = "" } = match.groups;
  return { key: key.toLowerCase(), values: rest.split(",").map(Number).filter((value) => !Number.isNaN(value)) };
}

export function* walk${noun}${n}(text: string): Generator<readonly [string, number]> {
  for (const line of text.split("\\n")) {
    const parsed = parse${noun}Line${n}(line);
    if (parsed === undefined) continue;
    const { key, values: [head = 0, ...others] } = parsed;
    yield [key, head];
    for (const other of others) yield [\`\${key}+\`, other];
  }
}

type ${noun}Reader${n}<T> = { readonly [K in keyof T as \`read\${Capitalize<K & string>}\`]: () => T[K] };

export const ${noun.toLowerCase()}Reader${n}: ${noun}Reader${n}<{ first: string; rest: number[] }> = {
  readFirst: () => [...walk${noun}${n}("a = 1")].map(([key]) => key).join(),
  readRest: () => [...walk${noun}${n}("b = 2, 3")].map(([, value]) => value),
};
`,
];

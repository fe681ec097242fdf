import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./answers.ts";
import { linux } from "./linux.ts";
import { table } from "./table.ts";

interface Count {
  readonly count: number;
  readonly files: number;
}

interface Counted {
  readonly what: string;
  readonly pattern: RegExp;
  /** Left out of the count, as in the kernel's. */
  readonly without: RegExp;
  readonly inLinux: Count | number;
}

const bioCode = /^block\/bio(?:-iov-iter|-map|-copy|-wait)?\.ts$/u;
const nothing = /^$/u;
const { v4_19 } = linux;

const counted: readonly Counted[] = [
  {
    what: "calls that acquire: `get_user_pages()`, `iov_iter_get_pages()`, `get_vaddr_frames()` and their families",
    pattern: /(?<!function )\b(?:get_user_pages\w*|iov_iter_get_pages\w*|get_vaddr_frames)\(/gu,
    without: /^(?:mm\/gup|lib\/iov_iter)\.ts$/u,
    inLinux: v4_19.acquire,
  },
  {
    what: "places that fill a `bv_page`, without `block/bio.c`",
    pattern: /\bbv_page = |\{ bv_page(?:: |, bv_len, bv_offset \}\))|, bv_page: /gu,
    without: bioCode,
    inLinux: v4_19.bvPageAssignments,
  },
  {
    what: "calls of the `bio_add_page()` family, without `block/bio.c`",
    pattern: /(?<!function )(?<!dio_)\bbio_add_(?:pc_)?page\(/gu,
    without: bioCode,
    inLinux: { count: v4_19.bioAddPage, files: v4_19.bioAddPageFiles },
  },
  {
    what: "assignments of `bi_end_io`, without `block/bio.c`",
    pattern: /\bbi_end_io = /gu,
    without: bioCode,
    inLinux: { count: v4_19.endIoAssignments, files: v4_19.endIoFiles },
  },
  {
    what: "`put_page(`",
    pattern: /\bput_page\(/gu,
    without: nothing,
    inLinux: { count: v4_19.putPage, files: v4_19.putPageFiles },
  },
  {
    what: "`struct page *`, in the model `Page`",
    pattern: /\bPage\b/gu,
    without: nothing,
    inLinux: { count: v4_19.structPage, files: v4_19.structPageFiles },
  },
];

/** How often the same things stand in Linux and in the model: its kernel code alone, no scenarios, devices or tests. */
export function besideLinux(): string {
  const sources = kernelSources();
  return table(
    ["what", "#Linux 4.19.1", "#model", "#Linux to model"],
    counted.map(({ what, pattern, without, inLinux }) => {
      const found = countIn(sources, pattern, without);
      const asked = typeof inLinux === "number" ? { count: inLinux, files: undefined } : inLinux;
      const shown = asked.files === undefined ? `${found.count}` : inFiles(found);
      return [what, inFiles(asked), shown, `${Math.round(asked.count / found.count)} : 1`];
    }),
  );
}

function inFiles({ count, files }: { readonly count: number; readonly files: number | undefined }): string {
  return files === undefined ? `${count}` : `${count} in ${files} files`;
}

function countIn(sources: ReadonlyMap<string, string>, pattern: RegExp, without: RegExp): Count {
  const matches = [...sources]
    .filter(([file]) => !without.test(file))
    .map(([, text]) => text.match(pattern)?.length ?? 0);
  return { count: matches.reduce((sum, each) => sum + each, 0), files: matches.filter((each) => each > 0).length };
}

// Without comments and imports.
function kernelSources(): ReadonlyMap<string, string> {
  const folder = join(repository, "src/kernel");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));
  const own = files.filter((file) => /^(?!scenarios\/|hardware\/).*(?<!\.test)\.ts$/u.test(file)).sort();
  return new Map(own.map((file) => [file, withoutComments(readFileSync(join(folder, file), "utf8"))]));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|^import [\s\S]*?;$/gmu, "");
}

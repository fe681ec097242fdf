import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyChanges, byFile } from "./edit.ts";
import { type Holder, type HolderUse, holdersOf, usesOf } from "./fixtures/holder-uses.ts";
import { type Measurement, measure } from "./measure.ts";
import type { Migration } from "./migration.ts";

const repository = resolve(import.meta.dirname, "../..");
const model = join(repository, "src/kernel");
const workshop = mkdtempSync(join(tmpdir(), "userpage-holders-"));
afterAll(() => rmSync(workshop, { recursive: true, force: true }));

interface ModelConfig {
  readonly project: string;
  readonly base: string;
  readonly brand: string;
  readonly sources: readonly string[];
  readonly sinks: readonly string[];
  readonly releases: Readonly<Record<string, string>>;
}

function measured(file: string): Measurement {
  const config = JSON.parse(readFileSync(join(model, file), "utf8")) as ModelConfig;
  const releases = Object.entries(config.releases).map(([plain, branded]) => ({ plain, branded }));
  const { project, base, brand, sources, sinks } = config;
  const migration: Migration = { base, brand, sources, sinks, releases, mode: "distinct" };
  return measure({ project, workingDirectory: model, verify: "no", migration });
}

/** A copy of the model with the edits applied. */
function editedCopy({ report, sources }: Measurement): string {
  const folder = mkdtempSync(join(workshop, "copy-"));
  cpSync(model, folder, { recursive: true });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const [file, edits] of byFile([...report.edits, ...report.conversions])) {
    writeFileSync(join(folder, file), applyChanges(sources.get(file) ?? "", edits));
  }
  return folder;
}

/** Every use as the last lines of its holder's own file, where also what is not exported has a name; by file and line. */
function writeUses(folder: string, holders: readonly Holder[]): ReadonlyMap<string, HolderUse> {
  const places = new Map<string, HolderUse>();
  for (const [file, here] of byFile(holders)) {
    const uses = here.flatMap((holder) => usesOf(holder, relative(dirname(file), ".") || "."));
    const lines = readFileSync(join(folder, file), "utf8").split("\n").length;
    for (const [i, use] of uses.entries()) places.set(`${file}:${lines + i}`, use);
    appendFileSync(join(folder, file), uses.map(({ text }, i) => `export const holderUse${i} = ${text};\n`).join(""));
  }
  return places;
}

interface Complaint {
  readonly place: string;
  readonly code: string;
}

function complaintsOf(project: string): readonly Complaint[] {
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  const args = [tsc, "--noEmit", "--pretty", "false", "-p", project];
  const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8", cwd: dirname(project) });
  const complaint = /^(?<file>[^\s(][^(]*)\((?<line>\d+),\d+\): error (?<code>TS\d+)/gmu;
  return [...stdout.matchAll(complaint)].map(([, file, line, code]) => ({ place: `${file}:${line}`, code: `${code}` }));
}

/** What the compiler says of the edited copy with all uses written into it, in one run. */
function judge(measurement: Measurement, holders: readonly Holder[]) {
  const folder = editedCopy(measurement);
  const places = writeUses(folder, holders);
  const project = join(folder, relative(model, resolve(model, measurement.report.project)));
  const complaints = complaintsOf(project).map(({ place, code }) => {
    const [file = "", line = ""] = place.split(":");
    return { place: `${relative(folder, resolve(dirname(project), file))}:${line}`, code };
  });
  return { places, complaints };
}

function sentence({ holder: { file, path }, does }: HolderUse): string {
  return `${file} ${path}: ${does}`;
}

const questions = [
  {
    config: "userpage.config.json",
    types: [
      "brand drivers/rapidio/devices/rio_mport_cdev.ts MportDmaReq#page_list.[]",
      "brand net/xdp/xdp_umem.ts XdpUmem#pgs.[]",
      "brand scenarios/late-dma.ts LateDma#release.(pages).[]",
      "either block/bounce.ts PagePool#pages.[]",
      "either drivers/infiniband/hw/qib/qib_user_sdma_types.ts QibUserSdmaFrag#page",
      "either fs/direct-io-types.ts DioPages#pages.[]",
      "either fs/direct-io-types.ts DioSubmit#cur_page",
      "either include/linux/bvec.ts BioVec#bv_page",
      "either include/linux/pipe_fs_i.ts PipeBuffer#page",
    ],
  },
  {
    config: "direct-io.config.json",
    types: [
      "brand fs/direct-io-types.ts DioPages#pages.[]",
      "brand fs/direct-io-types.ts DioSubmit#cur_page",
      "brand include/linux/bvec.ts BioVec#bv_page",
    ],
  },
];

describe.each(questions)("the edits of $config", ({ config, types }) => {
  let holders: readonly Holder[] = [];
  let judged: ReturnType<typeof judge>;
  beforeAll(() => {
    const measurement = measured(config);
    holders = holdersOf(measurement);
    judged = judge(measurement, holders);
  });

  test("change these members of types", () => {
    const members = holders.filter(({ path }) => path.includes("#"));
    expect(members.map(({ file, path, holds }) => `${holds} ${file} ${path}`).sort()).toEqual(types);
  });

  test("let every holder store and release what it is for", () => {
    const { places, complaints } = judged;
    const unexpected = complaints.flatMap(({ place, code }) => {
      const use = places.get(place);
      return use?.code === code ? [] : [`${use === undefined ? place : sentence(use)}: ${code}`];
    });
    expect(unexpected).toEqual([]);
  });

  test("let no holder store or release anything else", () => {
    const { places, complaints } = judged;
    const stopped = new Set(complaints.map(({ place, code }) => `${place} ${code}`));
    const accepted = [...places].flatMap(([place, use]) => {
      return use.code === undefined || stopped.has(`${place} ${use.code}`) ? [] : [sentence(use)];
    });
    expect(accepted).toEqual([]);
    expect([...places.values()].filter(({ code }) => code !== undefined).length).toBe(2 * holders.length);
  });
});

import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { findConfigFile } from "../engine/config-file.ts";
import { InputError } from "../engine/input-error.ts";
import type { Erasure, Migration, Mode, Release, Strategy } from "../engine/migration.ts";
import type { MeasureRequest } from "../engine/question.ts";
import { strategies } from "../engine/strategies.ts";
import { configName, type FoundConfig, findConfig } from "./config.ts";
import type { Config } from "./config-schema.ts";
import type { Options } from "./options.ts";

/** @throws InputError when the options and the configuration together leave the question open */
export function requestOf(options: Options, cwd: string): MeasureRequest {
  const request = openRequestOf(options, cwd);
  const { sources, brand } = request.migration;
  if (sources.length === 0) {
    throw new InputError(
      `no source; name what produces the brand with --source file.ts#name, or "sources" in ${configName}`,
    );
  }
  if (brand === "") throw new InputError(`no brand; name the new type with --brand, or "brand" in ${configName}`);
  return request;
}

/** The same for a question that may go without a source and a brand, as that about a project that is branded already. */
export function openRequestOf(options: Options, cwd: string): MeasureRequest {
  const found = findConfig(options.config, options.project, cwd);
  const project = projectOf(options, found, cwd);
  findConfigFile(resolve(cwd, project), project);
  return {
    project,
    migration: migrationOf(options, found?.config ?? {}),
    workingDirectory: cwd,
    verify: verifyOf(options, found?.config),
  };
}

/** The parts that the configuration names, relative to the working directory; those of its own project only. */
export function partsOf(options: Options, cwd: string): readonly string[] {
  const found = findConfig(options.config, options.project, cwd);
  if (found === undefined || options.project !== undefined) return [];
  return (found.config.parts ?? []).map((part) => relative(cwd, resolve(found.folder, part)).replaceAll(sep, "/"));
}

function projectOf(options: Options, found: FoundConfig | undefined, cwd: string): string {
  if (options.project !== undefined) return options.project;
  const folder = found?.folder ?? cwd;
  const project = found?.config.project ?? "tsconfig.json";
  const path = resolve(folder, project);
  if (found?.config.project === undefined && !existsSync(path)) {
    throw new InputError(
      `no project: there is no tsconfig.json here; name one with --project, or "project" in ${configName}`,
    );
  }
  return relative(cwd, path).replaceAll(sep, "/") || ".";
}

function migrationOf(options: Options, config: Config): Migration {
  return {
    base: options.base ?? config.base,
    brand: options.brand ?? config.brand ?? "",
    mode: modeOf(options.mode ?? config.mode ?? "distinct"),
    sources: options.source ?? config.sources ?? [],
    sinks: options.sink ?? config.sinks ?? [],
    releases: options.release?.map(releaseOf) ?? releasesOf(config),
    ...strategyOf(options, config),
    ...erasuresOf(options, config),
  };
}

function modeOf(word: string): Mode {
  if (word === "distinct" || word === "subtype") return word;
  throw new InputError(`unknown mode ${word}; the modes are distinct, subtype`);
}

// Left out of the report where nobody asked for one.
function strategyOf(options: Options, config: Config): Pick<Migration, "strategy" | "cuts" | "flag"> {
  const mode = modeOf(options.mode ?? config.mode ?? "distinct");
  const word = options.strategy ?? config.strategy;
  const strategy = word === undefined ? undefined : strategyNamed(word, mode);
  const cuts = options.cut ?? config.cuts;
  const flag = options.flag ?? config.flag;
  if (strategy === "flag" && flag === undefined) {
    throw new InputError("--strategy flag asks a function of yours at run time; name it with --flag file.ts#isBranded");
  }
  return {
    ...(strategy === undefined ? {} : { strategy }),
    ...(cuts === undefined ? {} : { cuts }),
    ...(flag === undefined ? {} : { flag }),
  };
}

function strategyNamed(word: string, mode: Mode): Strategy {
  const known = Object.entries(strategies) as readonly (readonly [Strategy, { readonly modes: readonly Mode[] }])[];
  const found = known.find(([name]) => name === word);
  if (found === undefined) {
    throw new InputError(`unknown strategy ${word}; the strategies are ${known.map(([name]) => name).join(", ")}`);
  }
  const { modes } = found[1];
  if (!modes.includes(mode)) throw new InputError(`--strategy ${word} is for --mode ${modes.join(" or ")}`);
  return found[0];
}

function releaseOf(pair: string): Release {
  const [plain = "", branded = "", ...rest] = pair.split("=");
  if (plain !== "" && branded !== "" && rest.length === 0) return { plain, branded };
  throw new InputError(`--release ${pair}: write it as PLAIN=BRANDED, such as put_page=put_user_page`);
}

function erasuresOf(options: Options, config: Config): Pick<Migration, "erasures"> {
  if (options.erasure !== undefined) return { erasures: options.erasure.map(erasureOf) };
  if (config.erasures === undefined) return {};
  return { erasures: Object.entries(config.erasures).map(([out, back]) => ({ out, back })) };
}

function erasureOf(pair: string): Erasure {
  const [out = "", back = "", ...rest] = pair.split("=");
  if (out !== "" && back !== "" && rest.length === 0) return { out, back };
  throw new InputError(`--erasure ${pair}: write it as OUT=BACK, such as page_to_pfn=pfn_to_page`);
}

function releasesOf(config: Config): readonly Release[] {
  return Object.entries(config.releases ?? {}).map(([plain, branded]) => ({ plain, branded }));
}

function verifyOf(options: Options, config: Config | undefined): MeasureRequest["verify"] {
  const { necessity, "no-verify": skip } = options;
  if (necessity && skip) throw new InputError("--necessity asks the compiler and --no-verify does not; leave one out");
  if (skip) return "no";
  return necessity ? "necessary" : (config?.verify ?? "sufficient");
}

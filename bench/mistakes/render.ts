import { type MistakeKind, mistakeKinds, mistakeText } from "../../src/engine/mistakes/mistake.ts";
import { table } from "../markdown.ts";
import { noticers } from "./notice.ts";
import { isSurvivor, type MistakeResult, played, type Results } from "./results.ts";
import { causeOf, causes, causeText } from "./survivors.ts";

const strategies = ["as it is", "rename", "distinct", "view", "cut", "generic"] as const;

/** The tables of docs/mistakes.md, by the name of their block. */
export function blocksOf(all: Results): Readonly<Record<string, string>> {
  // What can only be mistaken before the conversion is in the compiler's table alone.
  const results = { ...all, mistakes: all.mistakes.filter(({ stopped }) => played in stopped) };
  return {
    figures: figures(results),
    verdict: byKind(results, ["made", "the compiler", "at run time", "never played", "nobody"], verdictCells),
    compiler: byKind(all, strategies, (those) => strategies.map((strategy) => share(those, strategy))),
    runtime: byKind(results, ["played", ...noticers], runtimeCells),
    survivors: survivors(results),
    places: places(results),
  };
}

function figures({ mistakes, stories, compiler }: Results): string {
  const made = new Set(mistakes.map(({ name }) => placeOf(name))).size;
  return `${mistakes.length} mistakes at ${made} places; ${stories} stories; ${compiler}.`;
}

function byKind(
  { mistakes }: Results,
  titles: readonly string[],
  cellsOf: (those: readonly MistakeResult[]) => readonly (number | string)[],
): string {
  const rows = mistakeKinds.map((kind) => [words(kind), ...cellsOf(mistakes.filter((each) => each.kind === kind))]);
  return table(["mistake", ...titles], [...rows, ["all", ...cellsOf(mistakes)]]);
}

function words(kind: MistakeKind): string {
  return `\`${kind}\`: ${mistakeText[kind]}`;
}

// Who is first: the compiler, with the brand wherever it goes; then whoever notices at run time.
function verdictCells(those: readonly MistakeResult[]): readonly number[] {
  const left = those.filter(({ stopped }) => typeof stopped.distinct !== "number");
  const noticed = left.filter(({ noticed }) => Object.keys(noticed).length > 0);
  const unplayed = left.filter((each) => isSurvivor(each) && each.passing === 0);
  return [
    those.length,
    those.length - left.length,
    noticed.length,
    unplayed.length,
    left.length - noticed.length - unplayed.length,
  ];
}

function share(those: readonly MistakeResult[], strategy: string): string {
  const made = those.filter(({ stopped }) => strategy in stopped);
  if (made.length === 0) return "–";
  return `${made.filter(({ stopped }) => stopped[strategy] !== null).length}/${made.length}`;
}

function runtimeCells(those: readonly MistakeResult[]): readonly number[] {
  const run = those.filter(({ passing }) => passing !== null && passing > 0);
  return [run.length, ...noticers.map((noticer) => run.filter(({ noticed }) => noticer in noticed).length)];
}

function survivors({ mistakes }: Results): string {
  const left = mistakes.filter(isSurvivor);
  const rows = causes.flatMap((cause) => {
    const those = left.filter((each) => causeOf(each) === cause);
    return those.length === 0 ? [] : [[causeText[cause], those.length, kindsOf(those)]];
  });
  return table(["why nobody notices", "mistakes", "of them"], rows);
}

function kindsOf(those: readonly MistakeResult[]): string {
  const counts = mistakeKinds.map((kind) => [kind, those.filter((each) => each.kind === kind).length] as const);
  return counts.flatMap(([kind, count]) => (count === 0 ? [] : [`${kind} ${count}`])).join(", ");
}

function places({ mistakes }: Results): string {
  const names = [...new Set(mistakes.map(({ name }) => placeOf(name)))];
  const rows = names.map((name) => {
    const those = mistakes.filter((each) => placeOf(each.name) === name);
    return [`\`${name}\``, ...verdictCells(those), Math.max(...those.map(({ passing }) => passing ?? 0))];
  });
  return table(["release", "made", "the compiler", "at run time", "never played", "nobody", "stories"], rows);
}

/** The release of a mistake, by its name. */
export function placeOf(name: string): string {
  return name.slice(0, name.lastIndexOf(" "));
}

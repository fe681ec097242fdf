import { readFileSync } from "node:fs";
import type { Point, PointTable, Sightings } from "./point.ts";

// Runs inside the instrumented copy, beside a points.json. What is followed are references, not objects: what a source
// hands out is a stand-in that forwards everything to the value. The value itself may be held elsewhere at the same time,
// and whoever derives it from an integer gets it plain.

interface Step {
  /** `each` is any element; a digit is a tuple's slot or a type argument. */
  readonly kind: "each" | "slot" | "argument";
  readonly index: number;
}

interface Target {
  readonly place: number;
  readonly steps: readonly Step[];
  readonly passing: boolean;
}

interface Watched extends Point {
  readonly targets: readonly Target[];
}

const table: PointTable = JSON.parse(readFileSync(new URL("points.json", import.meta.url), "utf8"));
const watched = watchedPoints(table);
const placeCount = table.points.reduce((sum, { places }) => sum + places.length, 0);
const sawPinned = new Uint8Array(placeCount);
const sawPlain = new Uint8Array(placeCount);
const standIns = new WeakMap<object, object>();
const originals = new WeakMap<object, object>();
/** By which places a container is known, and how deep in them: what is put into it later arrives at all of them. */
const names = new WeakMap<object, Map<string, readonly [Target, number]>>();
const receivers: unknown[] = [];
/** What is being handed over in a call through a type, by parameter. */
const handedOver: { readonly value: unknown; readonly point: number }[] = [];
const handed = new Map<string, readonly [number, number]>();
const widestScan = 128;

/** A value arrives at a point; returns what goes on from there. */
export function seen<Value>(value: Value, point: number): Value {
  const at = watched[point];
  if (at === undefined) return value;
  const goesOn = at.becomes === "pinned" ? followed(value) : value;
  for (const target of at.targets) walk(goesOn, target, 0);
  if (at.hands !== undefined) handedOver[at.hands] = { value, point };
  if (at.takes !== undefined) take(value, point, at.takes);
  return at.becomes === "plain" ? released(goesOn) : goesOn;
}

// A list is released as a whole: what the release reads is another one, with what is behind the stand-ins.
function released<Value>(value: Value): Value {
  if (!Array.isArray(value)) return plain(value);
  return value.some((each) => isObject(each) && originals.has(each)) ? (value.map(plain) as Value) : value;
}

/** A value is put into a container that is known by a point's places; returns what is put in. */
export function into<Value>(container: unknown, value: Value, slot: number, becomes: "itself" | "pinned"): Value {
  const goesOn = becomes === "pinned" ? followed(value) : value;
  if (!isObject(container)) return goesOn;
  for (const [target, depth] of names.get(container)?.values() ?? []) {
    const step = target.steps[depth];
    if (step !== undefined && (step.kind === "each" || step.index === slot)) walk(goesOn, target, depth + 1);
  }
  return goesOn;
}

/** The same for every one of several values. */
export function intoAll<Value>(
  container: unknown,
  values: Iterable<Value>,
  slot: number,
  becomes: "itself" | "pinned",
): readonly Value[] {
  return Array.from(values, (value) => into(container, value, slot, becomes));
}

/** A call through a type is over. */
export function over<Value>(result: Value): Value {
  handedOver.length = 0;
  return result;
}

/** Remembers what a method is called on, for its arguments. */
export function on<Value>(receiver: Value): Value {
  receivers.push(receiver);
  return receiver;
}

/** The receiver remembered last. */
export function receiver(): unknown {
  return receivers.at(-1);
}

/** The call is over. */
export function off<Value>(result: Value): Value {
  receivers.pop();
  return result;
}

/** The value behind a stand-in: what is compared by identity. */
export function plain<Value>(value: Value): Value {
  return isObject(value) ? ((originals.get(value) ?? value) as Value) : value;
}

/** The form of a value, itself or its stand-in, that is held in a container. */
export function held<Value>(container: unknown, value: Value): Value {
  const other = isObject(value) ? (originals.get(value) ?? standIns.get(value)) : undefined;
  return other === undefined || holds(container, value) || !holds(container, other) ? value : (other as Value);
}

/** Everything seen so far. */
export function sightings(): Sightings {
  return { pinned: indexesOf(sawPinned), plain: indexesOf(sawPlain), handed: [...handed.values()] };
}

// A container may be filled later; a plain value does not count.
function take(value: unknown, point: number, parameter: number): void {
  const given = handedOver[parameter];
  if (given === undefined || given.value !== value || !isObject(value)) return;
  delete handedOver[parameter];
  if (originals.has(value) || !isBase(value)) handed.set(`${given.point}/${point}`, [given.point, point]);
}

function followed<Value>(value: Value): Value {
  if (!isObject(value) || !isBase(value) || originals.has(value)) return value;
  const known = standIns.get(value);
  if (known !== undefined) return known as Value;
  const standIn = new Proxy(value, {});
  standIns.set(value, standIn);
  originals.set(standIn, value);
  return standIn;
}

function walk(value: unknown, target: Target, depth: number): void {
  if (!isObject(value)) return;
  const step = target.steps[depth];
  if (step === undefined) judge(value, target.place);
  else if (name(value, target, depth)) for (const inner of insideOf(value, step)) walk(inner, target, depth + 1);
}

function judge(value: object, place: number): void {
  if (originals.has(value)) sawPinned[place] = 1;
  else if (sawPlain[place] === 0 && isBase(value)) sawPlain[place] = 1;
}

// What is large and known by this name already is not searched again: what came into it since was seen on its way.
function name(container: object, target: Target, depth: number): boolean {
  if (!Array.isArray(container) && !(container instanceof Map) && !(container instanceof Set)) return false;
  if (target.passing) return true;
  const known = names.get(container) ?? new Map<string, readonly [Target, number]>();
  const key = `${target.place}/${depth}`;
  const isNew = !known.has(key);
  if (isNew) names.set(container, known.set(key, [target, depth]));
  return isNew || (Array.isArray(container) ? container.length : container.size) <= widestScan;
}

function insideOf(container: object, { kind, index }: Step): Iterable<unknown> {
  if (container instanceof Map) return index === 0 ? container.keys() : container.values();
  if (container instanceof Set) return container;
  if (!Array.isArray(container)) return [];
  return kind === "slot" ? [container[index]] : container;
}

function holds(container: unknown, value: unknown): boolean {
  if (Array.isArray(container)) return container.includes(value);
  return container instanceof Map || container instanceof Set ? container.has(value) : false;
}

function isBase(value: object): boolean {
  return table.members.every((member) => member in value);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function watchedPoints({ points }: PointTable): readonly Watched[] {
  let place = 0;
  return points.map((point) => ({
    ...point,
    targets: point.places.map(({ path, passing }) => ({
      place: place++,
      steps: stepsOf(path),
      passing: passing === true,
    })),
  }));
}

function stepsOf(path: string): readonly Step[] {
  return [...path.matchAll(/\.\[(?<slot>\d*)\]|\.<(?<argument>\d+)>/gu)].map(({ groups }) => {
    if (groups?.argument !== undefined) return { kind: "argument", index: Number(groups.argument) };
    return { kind: groups?.slot === "" ? "each" : "slot", index: Number(groups?.slot) };
  });
}

function indexesOf(flags: Uint8Array): readonly number[] {
  return [...flags.keys()].filter((index) => flags[index] === 1);
}

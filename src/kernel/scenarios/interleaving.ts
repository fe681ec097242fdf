/**
 * A story told by dice about everybody at once: submitters make their moves in turn, in an order that the seed decides,
 * also while others sleep in the middle of theirs; meanwhile things go wrong. In the end nobody may hold anything.
 */

import { bios_in_use } from "../block/bio.ts";
import { after, shuffleTies } from "../hardware/clock.ts";
import { clone_thread, create_process, do_exit } from "../kernel/fork.ts";
import {
  enqueue_task,
  fatal_signal_pending,
  nested_system_calls,
  run_on_top,
  schedule,
  type TaskStruct,
} from "../kernel/sched/core.ts";
import { nr_free_pages } from "../mm/page_alloc.ts";
import { truncate_inode_pages } from "../mm/truncate.ts";
import { type Fault, strike } from "./faults.ts";
import { imbalances } from "./imbalances.ts";
import { boot, type Machine } from "./machine.ts";
import type { Lot, Submitter } from "./submitter.ts";
import { type Registered, submitters } from "./submitters.ts";

const FIRST_PAGE = 256;
const LOT_PAGES = 64;
const LOT_SECTORS = 512;

/** Somebody who takes part. */
export interface Role {
  /** Of the list of submitters. */
  readonly submitter: string;
  /** Roles with the same number are threads of one process, where they can be. */
  readonly process: number;
  /** One for each move. */
  readonly dice: readonly number[];
  /** Whether the process exits before its files are closed, with all that is in flight, or after. */
  readonly exitsFirst: boolean;
}

/** A machine, who takes part, and what goes wrong. */
export interface InterleavingStory {
  readonly seed: number;
  readonly frames: number;
  /** Sectors of the largest command of the disk: the smaller, the more bios are split. */
  readonly mdts: number;
  readonly roles: readonly Role[];
  readonly faults: readonly Fault[];
}

/** What became of a story. */
export interface Interleaving {
  /** Whatever is wrong; an empty list is a good end. */
  readonly complaints: readonly string[];
  /** The faults that struck before everybody was done. */
  readonly struck: readonly Fault["kind"][];
  /** How many moves each role made, beside its submitter's name. */
  readonly moves: readonly (readonly [string, number])[];
  /** System calls that began while another one slept. */
  readonly nested: number;
  /** Processes that exited while bios were in flight, theirs or others'. */
  readonly exitsDuringIo: number;
}

interface Actor {
  readonly role: Role;
  readonly task: TaskStruct;
  readonly lot: Lot;
  readonly submitter: Submitter;
  moves: number;
  closed: boolean;
}

interface Play {
  readonly machine: Machine;
  readonly actors: readonly Actor[];
  readonly complaints: string[];
  readonly struck: Fault["kind"][];
  exitsDuringIo: number;
}

/** playInterleaving() - play a story; equal stories end equally */
export function playInterleaving(story: InterleavingStory): Interleaving {
  const play = openPlay(story);
  for (const fault of story.faults) after(fault.at, () => strikeWhileOpen(play, fault));
  for (const actor of play.actors) waitForTurn(play, actor);
  while (schedule());
  play.complaints.push(...imbalances(play.machine), ...framesMissing(play.machine, story.frames));
  return {
    complaints: play.complaints,
    struck: play.struck,
    moves: play.actors.map(({ role, moves }) => [role.submitter, moves]),
    nested: nested_system_calls(),
    exitsDuringIo: play.exitsDuringIo,
  };
}

function openPlay({ seed, frames, mdts, roles }: InterleavingStory): Play {
  const machine = boot({ seed, frames, mdts, sectors: LOT_SECTORS * (roles.length + 1) });
  shuffleTies();
  const actors: Actor[] = [];
  for (const role of roles) actors.push(openActor(machine, role, actors));
  return { machine, actors, complaints: [], struck: [], exitsDuringIo: 0 };
}

function openActor(machine: Machine, role: Role, others: readonly Actor[]): Actor {
  const registered = registeredAs(role.submitter);
  const task = taskFor(machine, role, registered, others);
  const lot: Lot = {
    pageNumber: FIRST_PAGE + others.length * LOT_PAGES,
    pages: LOT_PAGES / 2,
    sector: (others.length + 1) * LOT_SECTORS,
    sectors: LOT_SECTORS,
  };
  const submitter = run_on_top(task, () => registered.open({ ...machine, task }, lot));
  return { role, task, lot, submitter, moves: 0, closed: false };
}

function registeredAs(name: string): Registered {
  const registered = submitters.find((each) => each.name === name);
  if (registered === undefined) throw new Error(`no submitter has the name ${name}`);
  return registered;
}

// A thread of the process that others of its number share, else a process of its own.
function taskFor(machine: Machine, role: Role, { home }: Registered, others: readonly Actor[]): TaskStruct {
  const housemate = others.find((other) => isShared(other.role) && other.role.process === role.process);
  if (home === "shared" && housemate !== undefined) return clone_thread(housemate.task);

  const task = create_process();
  machine.tasks.push(task);
  return task;
}

function isShared(role: Role): boolean {
  return registeredAs(role.submitter).home === "shared";
}

function strikeWhileOpen({ machine, actors, struck }: Play, fault: Fault): void {
  if (actors.every(({ closed }) => closed)) return;

  struck.push(fault.kind);
  strike(machine, actors, fault);
}

function waitForTurn(play: Play, actor: Actor): void {
  enqueue_task(actor.task, () => {
    takeTurn(play, actor);
    if (!actor.closed) waitForTurn(play, actor);
  });
}

// A task that was killed makes no more moves; what it began is ended later, as its files are closed.
function takeTurn(play: Play, actor: Actor): void {
  const { role, task } = actor;
  const dice = role.dice[actor.moves];
  if (task.state === "TASK_DEAD") {
    close(play, actor);
  } else if (fatal_signal_pending(task) || (dice === undefined && role.exitsFirst)) {
    if (bios_in_use() > 0) play.exitsDuringIo++;
    do_exit(task);
  } else if (dice === undefined) {
    close(play, actor);
    do_exit(task);
  } else {
    move(play, actor, dice);
  }
}

function move(play: Play, actor: Actor, dice: number): void {
  actor.moves++;
  complain(play, actor, actor.submitter.step(dice));
}

function close(play: Play, actor: Actor): void {
  complain(play, actor, actor.submitter.close());
  actor.closed = true;
}

function complain({ complaints }: Play, { role }: Actor, lines: readonly string[]): void {
  complaints.push(...lines.map((line) => `${role.submitter}: ${line}`));
}

// All processes are gone and all files are closed: without the page cache, ZERO_PAGE() alone is in use.
function framesMissing(machine: Machine, frames: number): readonly string[] {
  do_exit(machine.task);
  for (const mapping of machine.mappings) truncate_inode_pages(mapping, 0);
  const missing = frames - 1 - nr_free_pages();
  return missing === 0 ? [] : [`${missing} frames are not free after everybody is gone`];
}

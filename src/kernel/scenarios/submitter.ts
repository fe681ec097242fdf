/** One of several users of a machine whose moves are interleaved at random. */

import type { Machine } from "./machine.ts";

/** What of the machine belongs to one submitter: a stretch of its address space and a stretch of its disk. */
export interface Lot {
  readonly pageNumber: number;
  readonly pages: number;
  /** Of 512 bytes. */
  readonly sector: number;
  readonly sectors: number;
}

/** Both functions answer with complaints, such as bytes that are wrong; nothing to complain of is an empty list. */
export interface Submitter {
  readonly name: string;
  /** One random move, chosen by @dice (0 to 2^32 - 1): a system call, or an event of its life. */
  readonly step: (dice: number) => readonly string[];
  /** Ends all that was begun; after it, and after settle(), the submitter holds nothing. */
  readonly close: () => readonly string[];
}

/** Sets a submitter up on its lot. */
export type OpenSubmitter = (machine: Machine, lot: Lot) => Submitter;

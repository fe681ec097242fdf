/** Path 6 among others: classic direct IO of a file whose blocks are scattered over the lot's sectors. */

import { createFile } from "../machine.ts";
import type { OpenSubmitter } from "../submitter.ts";
import { directIoSubmitter } from "./direct-io.ts";

const SECTORS_PER_BLOCK = 8;

/** openClassicDirectIo() - reads and writes a file of ext2, which grows into the lot */
export const openClassicDirectIo: OpenSubmitter = (machine, lot) => {
  const first = Math.ceil(lot.sector / SECTORS_PER_BLOCK);
  const count = Math.floor((lot.sector + lot.sectors) / SECTORS_PER_BLOCK) - first;
  // Two runs from both ends inwards: pieces of the file are neighbours now and then.
  const blocks = Array.from({ length: count }, (_, k) => first + (k % 4 < 2 ? k : count - 1 - k));
  const file = createFile(machine, 12, [...new Set(blocks)]);
  return directIoSubmitter("classic direct IO", machine, lot, { file, base: 0, length: count * 4096 });
};

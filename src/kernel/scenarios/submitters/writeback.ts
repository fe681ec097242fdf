/** The control group among others: a file through the page cache, written back now and then. */

import { ext2_fsync, ext2_open_buffered } from "../../fs/ext2/buffered.ts";
import { ext2_setsize } from "../../fs/ext2/inode.ts";
import { do_writepages } from "../../fs/fs-writeback.ts";
import { createFile } from "../machine.ts";
import type { OpenSubmitter } from "../submitter.ts";
import { directIoSubmitter } from "./direct-io.ts";

const SECTORS_PER_BLOCK = 2;

/** openWriteback() - reads and writes a buffered file of small blocks, some neighbours and some not */
export const openWriteback: OpenSubmitter = (machine, lot) => {
  const first = Math.ceil(lot.sector / SECTORS_PER_BLOCK);
  const count = Math.floor((lot.sector + lot.sectors) / SECTORS_PER_BLOCK) - first;
  const blocks = Array.from({ length: count }, (_, k) => first + (k % 16 < 12 ? k : count - 1 - k));
  const missing = Array.from({ length: count }, (_, k) => first + k).filter((block) => !blocks.includes(block));
  const { f_inode } = createFile(machine, 10, [...new Set([...blocks, ...missing])]);
  machine.mappings.push(f_inode.i_mapping);
  const file = ext2_open_buffered(f_inode);
  const length = count * 1024;
  const { step, close } = directIoSubmitter("writeback", machine, lot, { file, base: 0, length });
  return {
    name: "writeback",
    step: (dice) => {
      if (dice % 9 === 0) do_writepages(f_inode.i_mapping);
      if (dice % 9 === 1) ext2_fsync(f_inode);
      return step(dice);
    },
    close: () => {
      const complaints = close();
      ext2_setsize(f_inode, 0);
      return complaints;
    },
  };
};

/** Path 5 among others: direct IO of the block device itself. */

import type { OpenSubmitter } from "../submitter.ts";
import { directIoSubmitter } from "./direct-io.ts";

/** openBlockDevice() - reads and writes the lot's sectors through the device's own direct IO */
export const openBlockDevice: OpenSubmitter = (machine, lot) =>
  directIoSubmitter("block device", machine, lot, {
    file: machine.file,
    base: lot.sector * 512,
    length: lot.sectors * 512,
  });

/** Stories of the control group: sectors are filled with zeros, all of them from one page. */

import { blkdev_issue_zeroout } from "../block/blk-lib.ts";
import { imbalances } from "./imbalances.ts";
import { boot, fillDisk } from "./machine.ts";

/** zeroout() - @nr_sects sectors from the tenth on become zeros, their neighbours do not */
export function zeroout(nr_sects: number) {
  const machine = boot();
  fillDisk(machine, 3);
  const { medium } = machine.disk.controller;
  const neighbours = [medium[10 * 512 - 1], medium[(10 + nr_sects) * 512]];
  const ret = blkdev_issue_zeroout(machine.disk.bdev, 10, nr_sects);
  const left = medium.subarray(10 * 512, (10 + nr_sects) * 512).filter((byte) => byte !== 0).length;
  const kept = neighbours[0] === medium[10 * 512 - 1] && neighbours[1] === medium[(10 + nr_sects) * 512];
  return { ret, left, kept, imbalances: imbalances(machine) };
}

/** failingZeroout() - one of several bios fails, or all do because the device is not that large */
export function failingZeroout() {
  const machine = boot();
  machine.disk.controller.failingSectors.add(1000);
  const badSector = blkdev_issue_zeroout(machine.disk.bdev, 0, 3000);
  const tooLarge = blkdev_issue_zeroout(machine.disk.bdev, 4000, 200);
  const nothing = blkdev_issue_zeroout(machine.disk.bdev, 0, 0);
  return { badSector, tooLarge, nothing, imbalances: imbalances(machine) };
}

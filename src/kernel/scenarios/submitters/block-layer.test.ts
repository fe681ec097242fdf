import fc from "fast-check";
import { expect, test } from "vitest";
import { blk_integrity_register } from "../../block/blk-integrity.ts";
import { blk_queue_bounce_limit, bounce_pool_pages } from "../../block/bounce.ts";
import { nvme_remove } from "../../drivers/nvme/host/pci.ts";
import { imbalances } from "../imbalances.ts";
import { boot, type Machine, settle } from "../machine.ts";
import type { OpenSubmitter } from "../submitter.ts";
import { openBlockDevice } from "./block-device.ts";
import { openClassicDirectIo } from "./classic-direct-io.ts";
import { openRegisteredBuffers } from "./registered-buffers.ts";
import { openSgIo } from "./sg-io.ts";
import { openWriteback } from "./writeback.ts";

const openers: readonly (readonly [string, OpenSubmitter])[] = [
  ["block device", openBlockDevice],
  ["classic direct IO", openClassicDirectIo],
  ["writeback", openWriteback],
  ["sg_io", openSgIo],
  ["registered buffers", openRegisteredBuffers],
];

const story = fc.record({
  seed: fc.nat(),
  frames: fc.constantFrom(12, 40, 160),
  disk: fc.constantFrom("plain", "bounces", "protects"),
  badSectors: fc.array(fc.nat(511), { maxLength: 3 }),
  steps: fc.array(fc.nat(0xffffffff), { minLength: 1, maxLength: 20 }),
  fault: fc.constantFrom("none", "kill", "removal"),
});

function play(open: OpenSubmitter, { seed, frames, disk, badSectors, steps, fault }: ReturnType<typeof sampleStory>) {
  const machine = bootWith(disk, { seed, frames, sectors: 1024 });
  const submitter = open(machine, { pageNumber: 64, pages: 16, sector: 256, sectors: 256 });
  for (const sector of badSectors) machine.disk.controller.failingSectors.add(sector);
  const middle = Math.floor(steps.length / 2);
  const complaints = steps.flatMap((dice, index) => {
    if (index === middle && fault === "kill") machine.task.sigkillPending = true;
    if (index === middle && fault === "removal") pullOut(machine);
    return submitter.step(dice);
  });
  const atEnd = submitter.close();
  settle();
  return { complaints: [...complaints, ...atEnd], imbalances: imbalances(machine) };
}

// The bounce pool needs low frames of its own; half of the others are out of the device's reach.
function bootWith(disk: string, { seed, frames, sectors }: { seed: number; frames: number; sectors: number }): Machine {
  const machine = boot({ seed, frames: disk === "bounces" ? frames + 48 : frames, sectors });
  const { bd_disk } = machine.disk.bdev;
  if (disk === "protects") blk_integrity_register(bd_disk);
  if (disk === "bounces") {
    blk_queue_bounce_limit(bd_disk.queue, 48 + frames / 2);
    machine.holders.push(() => bounce_pool_pages().map(({ pfn }) => pfn));
  }
  return machine;
}

function pullOut(machine: Machine): void {
  machine.disk.controller.present = false;
  nvme_remove(machine.disk.bdev.bd_disk);
}

function sampleStory() {
  return { seed: 0, frames: 0, disk: "", badSectors: [0], steps: [0], fault: "none" };
}

test.each(openers)("%s: whatever the dice say, bytes are right and nothing is held in the end", (_, open) => {
  fc.assert(
    fc.property(story, (told) => {
      expect(play(open, told)).toEqual({ complaints: [], imbalances: [] });
    }),
    { numRuns: 100, seed: 20181009 },
  );
});

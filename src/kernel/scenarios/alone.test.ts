import fc from "fast-check";
import { expect, test } from "vitest";
import { playAlone } from "./alone.ts";
import type { OpenSubmitter } from "./submitter.ts";
import { openBlockDevice } from "./submitters/block-device.ts";
import { openClassicDirectIo } from "./submitters/classic-direct-io.ts";
import { openMempolicy } from "./submitters/mempolicy.ts";
import { openPassthrough } from "./submitters/passthrough.ts";
import { openProcessVm } from "./submitters/process-vm.ts";
import { openRapidio } from "./submitters/rapidio.ts";
import { openRdmaSubmitter } from "./submitters/rdma.ts";
import { openRegisteredBuffers } from "./submitters/registered-buffers.ts";
import { openSgIo } from "./submitters/sg-io.ts";
import { openUserSdma } from "./submitters/user-sdma.ts";
import { openUserptr } from "./submitters/userptr.ts";
import { openVideo } from "./submitters/video.ts";
import { openVmsplice } from "./submitters/vmsplice.ts";
import { openWriteback } from "./submitters/writeback.ts";
import { openXdp } from "./submitters/xdp.ts";

const life = fc.record({
  seed: fc.nat(),
  frames: fc.constantFrom(24, 48, 256),
  steps: fc.integer({ min: 1, max: 60 }),
  killAt: fc.option(fc.nat(60)),
  exitAt: fc.option(fc.nat(60)),
  famineAt: fc.option(fc.nat(60)),
});

const openers: readonly OpenSubmitter[] = [
  openMempolicy,
  openProcessVm,
  openRapidio,
  openRdmaSubmitter,
  openUserptr,
  openXdp,
  openBlockDevice,
  openClassicDirectIo,
  openWriteback,
  openSgIo,
  openUserSdma,
  openPassthrough,
  openVideo,
  openRegisteredBuffers,
  openVmsplice,
  // One a line: every path adds one.
];

test.each(openers)("whatever befalls it, %o is right about bytes and holds nothing at the end", (open) => {
  fc.assert(
    fc.property(life, (lived) => {
      expect(playAlone(open, lived)).toEqual({ complaints: [], imbalances: [] });
    }),
    { numRuns: 100, seed: 20181009 },
  );
});

/** Everybody who takes part in random interleavings. */

import type { OpenSubmitter } from "./submitter.ts";
import { openBlockDevice } from "./submitters/block-device.ts";
import { openClassicDirectIo } from "./submitters/classic-direct-io.ts";
import { openFamily } from "./submitters/family.ts";
import { openMappedDiskFile, openMappedFile } from "./submitters/mapped-file.ts";
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

/** A kind of submitter, by a name that a story can keep. */
export interface Registered {
  readonly name: string;
  readonly open: OpenSubmitter;
  /** Whether it may be a thread of a process that is home to others, or needs one of its own: it forks, for example. */
  readonly home: "shared" | "own";
}

/** In the order of the paths; append yours. */
export const submitters: readonly Registered[] = [
  { name: "mempolicy", open: openMempolicy, home: "shared" },
  { name: "process_vm", open: openProcessVm, home: "shared" },
  { name: "rapidio", open: openRapidio, home: "shared" },
  { name: "xdp", open: openXdp, home: "shared" },
  { name: "userptr", open: openUserptr, home: "shared" },
  { name: "rdma", open: openRdmaSubmitter, home: "shared" },
  { name: "block device", open: openBlockDevice, home: "shared" },
  { name: "classic direct IO", open: openClassicDirectIo, home: "shared" },
  { name: "sg_io", open: openSgIo, home: "shared" },
  { name: "user sdma", open: openUserSdma, home: "shared" },
  { name: "passthrough", open: openPassthrough, home: "shared" },
  { name: "video", open: openVideo, home: "shared" },
  { name: "registered buffers", open: openRegisteredBuffers, home: "shared" },
  { name: "vmsplice", open: openVmsplice, home: "shared" },
  { name: "writeback", open: openWriteback, home: "shared" },
  { name: "family", open: openFamily, home: "own" },
  { name: "mapped file", open: openMappedFile, home: "shared" },
  { name: "mapped disk file", open: openMappedDiskFile, home: "shared" },
];

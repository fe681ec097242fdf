import { boxes } from "./shapes/boxes.ts";
import { deferred } from "./shapes/deferred.ts";
import { keyed } from "./shapes/keyed.ts";
import { lists } from "./shapes/lists.ts";
import type { Shape } from "./template.ts";

/** Types with a hole: a value goes in by one of the wraps and comes out by one of the unwraps. */
export const shapes: readonly Shape[] = [...boxes, ...deferred, ...keyed, ...lists];

import type { Cause } from "./cause.ts";

/** The causes that neither syntax nor label tells, each place looked at: `Brand file place` to cause. */
export const knownCauses: Readonly<Record<string, Cause>> = {};

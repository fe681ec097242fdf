import { calls } from "./passes/calls.ts";
import { classes } from "./passes/classes.ts";
import { closures } from "./passes/closures.ts";
import { destructuring } from "./passes/destructuring.ts";
import { expressions } from "./passes/expressions.ts";
import { generics } from "./passes/generics.ts";
import { narrowing } from "./passes/narrowing.ts";
import { statements } from "./passes/statements.ts";
import { types } from "./passes/types.ts";
import type { Template } from "./template.ts";

/** Every way through one place, by name. */
export const passes: ReadonlyMap<string, Template> = new Map(
  [calls, classes, closures, destructuring, expressions, generics, narrowing, statements, types].flatMap((each) =>
    each.map((pass) => [pass.name, pass] as const),
  ),
);

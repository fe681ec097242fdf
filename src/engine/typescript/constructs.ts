import type { Construct } from "./construct.ts";
import { assignment } from "./constructs/assignment.ts";
import { callArgument } from "./constructs/call-argument.ts";
import { cast } from "./constructs/cast.ts";
import { constraint } from "./constructs/constraint.ts";
import { decorator } from "./constructs/decorator.ts";
import { element } from "./constructs/element.ts";
import { forOf } from "./constructs/for-of.ts";
import { heritage } from "./constructs/heritage.ts";
import { jsx } from "./constructs/jsx.ts";
import { overload } from "./constructs/overload.ts";
import { predicate } from "./constructs/predicate.ts";
import { property } from "./constructs/property.ts";
import { returned } from "./constructs/return.ts";
import { satisfies } from "./constructs/satisfies.ts";
import { taggedTemplate } from "./constructs/tagged-template.ts";
import { variable } from "./constructs/variable.ts";
import { yielded } from "./constructs/yield.ts";

/** Every construct through which the front end follows a value. */
export const constructs: readonly Construct[] = [
  assignment,
  callArgument,
  cast,
  constraint,
  decorator,
  element,
  forOf,
  heritage,
  jsx,
  overload,
  predicate,
  property,
  returned,
  satisfies,
  taggedTemplate,
  variable,
  yielded,
];

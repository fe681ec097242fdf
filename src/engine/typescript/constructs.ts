import { assignment } from "./constructs/assignment.ts";
import { bind } from "./constructs/bind.ts";
import { callArgument } from "./constructs/call-argument.ts";
import { cast } from "./constructs/cast.ts";
import { comparison } from "./constructs/comparison.ts";
import { constraint } from "./constructs/constraint.ts";
import { decorator } from "./constructs/decorator.ts";
import { element } from "./constructs/element.ts";
import { forOf } from "./constructs/for-of.ts";
import { heritage } from "./constructs/heritage.ts";
import { indexKey } from "./constructs/index-key.ts";
import { jsx } from "./constructs/jsx.ts";
import { objectAssign } from "./constructs/object-assign.ts";
import { operator } from "./constructs/operator.ts";
import { overload } from "./constructs/overload.ts";
import { predicate } from "./constructs/predicate.ts";
import { property } from "./constructs/property.ts";
import { returned } from "./constructs/return.ts";
import { satisfies } from "./constructs/satisfies.ts";
import { taggedTemplate } from "./constructs/tagged-template.ts";
import { testedMember } from "./constructs/tested-member.ts";
import { thisArgument } from "./constructs/this-argument.ts";
import { thrown } from "./constructs/throw.ts";
import { variable } from "./constructs/variable.ts";
import { yielded } from "./constructs/yield.ts";
import type { Construct } from "./flow/construct.ts";

/** Every construct through which the front end follows a value. */
export const constructs: readonly Construct[] = [
  assignment,
  bind,
  callArgument,
  cast,
  comparison,
  constraint,
  decorator,
  element,
  forOf,
  heritage,
  indexKey,
  jsx,
  objectAssign,
  operator,
  overload,
  predicate,
  property,
  returned,
  satisfies,
  taggedTemplate,
  testedMember,
  thisArgument,
  thrown,
  variable,
  yielded,
];

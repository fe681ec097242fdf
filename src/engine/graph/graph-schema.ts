import type { Mode } from "../migration.ts";
import type { FromSchema, ObjectSchema } from "../schema.ts";
import type { Annotation, Channel, Hazard, PositionKind } from "./graph.ts";

const positionKinds = [
  "alias",
  "cast",
  "catch",
  "constraint",
  "creation",
  "element",
  "index-signature",
  "parameter",
  "predicate",
  "property",
  "return",
  "tuple-slot",
  "type-argument",
  "variable",
] as const satisfies readonly PositionKind[];

const id = { type: "string", description: "the id of one of the positions" } as const;
const ids = { type: "array", items: id } as const;
const words = { type: "array", items: { type: "string" } } as const;

const site = {
  type: "object",
  description: "a range of a file; offsets are UTF-16 units from 0, line and column count from 1",
  properties: {
    file: { type: "string", description: "relative to the working directory, with /" },
    line: { type: "integer", minimum: 1 },
    column: { type: "integer", minimum: 1 },
    start: { type: "integer", minimum: 0 },
    end: { type: "integer", minimum: 0 },
  },
  required: ["file", "line", "column", "start", "end"],
  additionalProperties: false,
} as const;

const migration = {
  type: "object",
  description: "the question in words, as the report repeats it; mode says how labels become edits",
  properties: {
    base: { type: "string", description: "the plain type" },
    brand: { type: "string", description: "the branded type" },
    mode: { type: "string", enum: ["distinct", "subtype"] satisfies Mode[] },
    sources: words,
    sinks: words,
    releases: {
      type: "array",
      items: {
        type: "object",
        properties: { plain: { type: "string" }, branded: { type: "string" } },
        required: ["plain", "branded"],
        additionalProperties: false,
      },
    },
  },
  required: ["brand", "mode", "sources", "sinks", "releases"],
  additionalProperties: false,
} as const;

const position = {
  type: "object",
  description: "a place whose type can hold the base type",
  properties: {
    id: { type: "string", description: "a stable name, unique in the graph" },
    kind: { type: "string", enum: positionKinds, description: "creation: a value that comes from no declaration" },
    annotation: {
      type: "string",
      enum: ["written", "inferred", "external"] satisfies Annotation[],
      description: "written: would be edited; inferred: moves for nothing; external: cannot be edited",
    },
    site,
    owner: { type: "string", description: "the function or type it stands in; left out at the top of a file" },
    test: { type: "boolean", description: "in a test or fixture" },
    generated: { type: "boolean", description: "in a file that a tool writes and would write again" },
    lent: { type: "boolean", description: "inside a container that a caller passes in" },
    closed: { type: "boolean", description: "says no type and has no room for one, as a name in a pattern" },
    open: { type: "boolean", description: "a type parameter of a function of the project, which takes any type" },
    beyond: { type: "boolean", description: "in a project that cannot import the brand" },
    primitive: {
      type: "boolean",
      description: "has to be the primitive itself, for `typeof`, a predicate, a template type or a mapped type",
    },
  },
  required: ["id", "kind", "annotation", "site", "test"],
  additionalProperties: false,
} as const;

const edge = {
  type: "object",
  description: "what is at `from` must be assignable to `to`",
  properties: {
    from: id,
    to: id,
    channel: {
      type: "string",
      enum: ["value", "store", "alias", "lookup"] satisfies Channel[],
      description:
        "value: a copy; store: a write into shared storage; alias: both ends name one storage; lookup: compared with what is held there, and not kept",
    },
    construct: { type: "string", description: "what of the language makes the flow, such as call-argument" },
    site,
    enforced: { type: "boolean", description: "would the compiler notice a difference between the two ends" },
    nested: { type: "boolean", description: "the value lies inside the one at the site" },
    member: { type: "string", description: "the member of the value at the site that flows, where it is spread" },
    declared: { type: "boolean", description: "two declarations meet here, so there is no value that could be cast" },
    callee: { ...site, description: "the reference to the function called here, which a conversion would rename" },
    beside: {
      ...ids,
      description:
        "compared values: the flow counts only where `from` is branded and none of these is; of a plain value what takes it as well: it need not become branded unless all of these are; of the first value that a list is reduced to its elements",
    },
    besideGiven: {
      ...ids,
      description:
        "what the variable that it is compared with was given right before: of a mixture the compiler takes that for it",
    },
    ordered: {
      type: "boolean",
      description: "compared by order, as numbers are: a mixture and a plain value cannot be",
    },
    given: {
      ...ids,
      description: "what the variable at the site was given right before: of a mixture the compiler takes it for that",
    },
    refused: {
      type: "boolean",
      description:
        "asserted to be another brand of the base or used as a literal, which a branded value cannot be unless `to` is branded too",
    },
  },
  required: ["from", "to", "channel", "construct", "site", "enforced", "nested"],
  additionalProperties: false,
} as const;

const hazard = {
  type: "object",
  description: "something that hides flows, if its position turns out to be branded",
  properties: {
    kind: {
      type: "string",
      enum: ["erased", "recovered"] satisfies Hazard["kind"][],
      description: "erased: the value leaves the checked types here; recovered: one comes back here",
    },
    position: id,
    construct: { type: "string" },
    site,
  },
  required: ["kind", "position", "construct", "site"],
  additionalProperties: false,
} as const;

const becomes = {
  type: "object",
  properties: { plain: id, branded: ids },
  required: ["plain", "branded"],
  additionalProperties: false,
} as const;

const question = {
  type: "object",
  description: "what the solver is asked",
  properties: {
    producers: { ...ids, minItems: 1, description: "where the brand comes from; hops are counted from here" },
    fixed: { ...ids, description: "all that is branded by definition: producers, and in distinct mode sinks" },
    alternatives: { ...ids, description: "positions that could be branded as well for the same price" },
    mixedStops: { type: "boolean", description: "the brand ends where plain values join it" },
    testsMint: { type: "boolean", description: "plain values of tests are branded where they leave the tests" },
    wanted: { ...ids, description: "the only positions to edit; left out when every reached one may be" },
    releases: { ...ids, description: "parameters of plain releases: a flow into one is a call to convert" },
    becomes: {
      type: "array",
      items: becomes,
      description: "for such parameters, those of the branded release; its call is worth its price only with them",
    },
    cuts: { ...ids, description: "where the strategy cut stops" },
  },
  required: ["producers", "fixed", "releases"],
  additionalProperties: false,
} as const;

/** The JSON schema of a FlowGraph and the question about it; what `userpage --graph-schema` prints and reading follows. */
export const graphSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "userpage flow graph",
  description: "Positions, flows between them, and a question: all that the solver sees of a program, in any language.",
  type: "object",
  properties: {
    $schema: { type: "string", description: "where this schema is, for editors" },
    schemaVersion: { type: "integer", const: 1 },
    migration,
    positions: { type: "array", items: position },
    edges: { type: "array", items: edge },
    hazards: { type: "array", items: hazard },
    question,
  },
  required: ["schemaVersion", "migration", "positions", "edges", "hazards", "question"],
  additionalProperties: false,
} as const satisfies ObjectSchema & { readonly $schema: string; readonly title: string };

/** A graph document, as plain data. */
export type GraphDocument = FromSchema<typeof graphSchema>;

import type { FromSchema, ObjectSchema } from "../engine/schema.ts";

/** The JSON schema of `userpage.config.json`; what `userpage --config-schema` prints and validation follows. */
export const configSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "userpage.config.json",
  description: "A question for userpage; options on the command line win over it.",
  type: "object",
  properties: {
    $schema: { type: "string", description: "where this schema is, for editors" },
    project: { type: "string", description: "a tsconfig or its folder, relative to this file" },
    base: { type: "string", description: "the type that is branded: a name, file#Name or a primitive" },
    brand: { type: "string", description: "the branded type: a name, or file#Name where it exists" },
    mode: {
      type: "string",
      enum: ["distinct", "subtype"],
      description: "distinct: assignable neither way; subtype: a branded value passes as the base",
    },
    sources: { type: "array", items: { type: "string" }, description: "selectors of what produces the brand" },
    sinks: { type: "array", items: { type: "string" }, description: "selectors of what the brand has to reach" },
    releases: {
      type: "object",
      additionalProperties: { type: "string" },
      description: "plain release functions, each with its branded one",
    },
    strategy: {
      type: "string",
      enum: ["distinct", "subtype", "mint-helper", "cut", "rename", "flag", "view", "generic"],
      description: "how the question is answered; userpage compare shows what each comes to",
    },
    cuts: {
      type: "array",
      items: { type: "string" },
      description: "for the strategy cut: selectors of where it stops",
    },
    flag: { type: "string", description: "a function that says at run time whether a value is branded" },
    erasures: {
      type: "object",
      additionalProperties: { type: "string" },
      description: "functions by which a value becomes something else, such as an integer, each with the way back",
    },
    parts: {
      type: "array",
      items: { type: "string" },
      description: "tsconfigs of parts of the project, relative to this file; measure asks each of them alone too",
    },
    verify: {
      type: "string",
      enum: ["no", "sufficient", "necessary"],
      description: "what the compiler is asked: nothing, are the edits enough, is each of them needed",
    },
  },
  additionalProperties: false,
} as const satisfies ObjectSchema & { readonly $schema: string; readonly title: string };

/** What the configuration file may say. */
export type Config = FromSchema<typeof configSchema>;

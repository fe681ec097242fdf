/** The part of JSON Schema that this program's own files need. */
export type Schema =
  | { readonly type: "string"; readonly enum?: readonly string[]; readonly description?: string }
  | { readonly type: "boolean"; readonly description?: string }
  | IntegerSchema
  | ArraySchema
  | { readonly type: "object"; readonly additionalProperties: Schema; readonly description?: string }
  | ObjectSchema;

/** A list, by default of any length. */
export interface ArraySchema {
  readonly type: "array";
  readonly items: Schema;
  readonly minItems?: number;
  readonly description?: string;
}

/** A whole number that a double holds exactly, from `minimum` on; `const` allows one alone. */
export interface IntegerSchema {
  readonly type: "integer";
  readonly minimum?: number;
  readonly const?: number;
  readonly description?: string;
}

/** An object with the named properties and no others. */
export interface ObjectSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
  readonly description?: string;
}

/** The values that a schema describes. */
export type FromSchema<S> = S extends { readonly enum: readonly (infer Value)[] }
  ? Value
  : S extends { readonly const: infer Value }
    ? Value
    : S extends { readonly type: keyof Scalars }
      ? Scalars[S["type"]]
      : S extends { readonly items: infer Item }
        ? readonly FromSchema<Item>[]
        : S extends { readonly properties: infer Properties }
          ? FromProperties<Properties, RequiredKeys<S>>
          : S extends { readonly additionalProperties: infer Value }
            ? Readonly<Record<string, FromSchema<Value>>>
            : never;

interface Scalars {
  readonly string: string;
  readonly integer: number;
  readonly boolean: boolean;
}

type RequiredKeys<S> = S extends { readonly required: readonly (infer Key)[] } ? Key : never;

type FromProperties<Properties, Required> = {
  readonly [Key in keyof Properties as Key extends Required ? Key : never]: FromSchema<Properties[Key]>;
} & {
  readonly [Key in keyof Properties as Key extends Required ? never : Key]?: FromSchema<Properties[Key]>;
};

/** Does the value follow the schema? */
export function follows<const S extends Schema>(schema: S, value: unknown): value is FromSchema<S> {
  return problemWith(schema, value, "") === undefined;
}

/** What is wrong with the value, the key named first, or undefined when it follows the schema. */
export function problemWith(schema: Schema, value: unknown, key: string): string | undefined {
  switch (schema.type) {
    case "string":
      return problemWithString(schema.enum, value, key);
    case "boolean":
      return typeof value === "boolean" ? undefined : `${named(key)} must be true or false`;
    case "integer":
      return problemWithInteger(schema, value, key);
    case "array":
      return problemWithArray(schema, value, key);
    case "object":
      if (!isRecord(value)) return `${named(key)} must be an object`;
      return "properties" in schema
        ? problemWithProperties(schema, value, key)
        : firstProblem(Object.keys(value), (name) =>
            problemWith(schema.additionalProperties, value[name], join(key, name)),
          );
  }
}

function problemWithString(allowed: readonly string[] | undefined, value: unknown, key: string): string | undefined {
  if (typeof value !== "string") return `${named(key)} must be a string`;
  if (allowed === undefined || allowed.includes(value)) return undefined;
  return `${named(key)} must be one of ${allowed.map((word) => `"${word}"`).join(", ")}`;
}

function problemWithArray({ items, minItems = 0 }: ArraySchema, value: unknown, key: string): string | undefined {
  if (!Array.isArray(value)) return `${named(key)} must be a list`;
  if (value.length < minItems) return `${named(key)} must have at least ${minItems}`;
  return firstProblem(value.entries(), ([i, item]) => problemWith(items, item, `${key}[${i}]`));
}

function problemWithInteger(schema: IntegerSchema, value: unknown, key: string): string | undefined {
  const { minimum, const: only } = schema;
  if (!Number.isSafeInteger(value)) return `${named(key)} must be an integer`;
  if (only !== undefined && value !== only) return `${named(key)} must be ${only}`;
  return minimum !== undefined && Number(value) < minimum ? `${named(key)} must be at least ${minimum}` : undefined;
}

function problemWithProperties(schema: ObjectSchema, value: Readonly<Record<string, unknown>>, key: string) {
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(schema.properties, name));
  if (unknown !== undefined) {
    return `unknown key ${named(join(key, unknown))}; the keys are ${Object.keys(schema.properties).join(", ")}`;
  }
  const missing = schema.required?.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return `${named(join(key, missing))} is missing`;
  const present = Object.entries(schema.properties).filter(([name]) => Object.hasOwn(value, name));
  return firstProblem(present, ([name, property]) => problemWith(property, value[name], join(key, name)));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// One after the other: a graph has millions of values, and one problem is all that is told.
function firstProblem<Item>(items: Iterable<Item>, problemOf: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function join(key: string, name: string): string {
  return key === "" ? name : `${key}.${name}`;
}

function named(key: string): string {
  return key === "" ? "the file" : `"${key}"`;
}

/** The part of JSON Schema that this program's own files need. */
export type Schema =
  | { readonly type: "string"; readonly enum?: readonly string[]; readonly description?: string }
  | { readonly type: "integer"; readonly description?: string }
  | { readonly type: "array"; readonly items: Schema; readonly description?: string }
  | { readonly type: "object"; readonly additionalProperties: Schema; readonly description?: string }
  | ObjectSchema;

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
  : S extends { readonly type: "string" }
    ? string
    : S extends { readonly type: "integer" }
      ? number
      : S extends { readonly items: infer Item }
        ? readonly FromSchema<Item>[]
        : S extends { readonly properties: infer Properties }
          ? FromProperties<Properties, RequiredKeys<S>>
          : S extends { readonly additionalProperties: infer Value }
            ? Readonly<Record<string, FromSchema<Value>>>
            : never;

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
    case "integer":
      return Number.isSafeInteger(value) ? undefined : `${named(key)} must be an integer`;
    case "array":
      if (!Array.isArray(value)) return `${named(key)} must be a list`;
      return first(value.map((item: unknown, i) => problemWith(schema.items, item, `${key}[${i}]`)));
    case "object":
      if (!isRecord(value)) return `${named(key)} must be an object`;
      return "properties" in schema
        ? problemWithProperties(schema, value, key)
        : first(
            Object.keys(value).map((name) => problemWith(schema.additionalProperties, value[name], join(key, name))),
          );
  }
}

function problemWithString(allowed: readonly string[] | undefined, value: unknown, key: string): string | undefined {
  if (typeof value !== "string") return `${named(key)} must be a string`;
  if (allowed === undefined || allowed.includes(value)) return undefined;
  return `${named(key)} must be one of ${allowed.map((word) => `"${word}"`).join(", ")}`;
}

function problemWithProperties(schema: ObjectSchema, value: Readonly<Record<string, unknown>>, key: string) {
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(schema.properties, name));
  if (unknown !== undefined) {
    return `unknown key ${named(join(key, unknown))}; the keys are ${Object.keys(schema.properties).join(", ")}`;
  }
  const missing = schema.required?.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) return `${named(join(key, missing))} is missing`;
  return first(
    Object.entries(schema.properties)
      .filter(([name]) => Object.hasOwn(value, name))
      .map(([name, property]) => problemWith(property, value[name], join(key, name))),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function first(problems: readonly (string | undefined)[]): string | undefined {
  return problems.find((problem) => problem !== undefined);
}

function join(key: string, name: string): string {
  return key === "" ? name : `${key}.${name}`;
}

function named(key: string): string {
  return key === "" ? "the file" : `"${key}"`;
}

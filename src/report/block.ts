/** A piece of a report before it is laid out; text from files is still raw here. */
export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "quote"; readonly text: string }
  | Table;

/** Rows under titled columns. A row has as many cells as there are columns. */
export interface Table {
  readonly kind: "table";
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** `number` stands right; `name` gives way when the line is too long; `place` is a `file:line` and stays whole. */
export interface Column {
  readonly title: string;
  readonly holds: "number" | "word" | "name" | "place";
}

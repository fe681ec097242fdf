import type { Template } from "../template.ts";

/** By taking a value apart. */
export const destructuring: readonly Template[] = [
  {
    name: "destructuring",
    gap: { within: "mixture", fixture: "gap-destructured-mixture" },
    body: "const { value: open@n } = { value: @v };",
    result: "open@n",
  },
  {
    name: "nested-destructuring",
    gap: { within: "mixture", fixture: "gap-destructured-mixture" },
    body: "const { outer: { inner: open@n } } = { outer: { inner: @v } };",
    result: "open@n",
  },
  {
    name: "array-destructuring",
    gap: { within: "mixture", fixture: "gap-destructured-mixture" },
    body: "const [open@n] = [@v];",
    result: "open@n!",
  },
  {
    name: "destructuring-default",
    body: "const optional@n: { readonly value?: @T } = { value: @v };\nconst { value: open@n = @P } = optional@n;",
    result: "open@n",
    gap: { within: "container", fixture: "gap-conditional-container" },
    mixes: true,
  },
  {
    name: "destructuring-rest",
    gap: { within: "mixture", fixture: "gap-destructured-mixture" },
    body: "const { other: other@n, ...rest@n } = { other: 1, value: @v };\nvoid other@n;",
    result: "rest@n.value",
  },
  {
    name: "destructuring-rest-array",
    gap: { within: "mixture", fixture: "gap-destructured-mixture" },
    body: "const [first@n, ...rest@n]: [number, ...@T[]] = [1, @v];\nvoid first@n;",
    result: "rest@n[0]!",
  },
];

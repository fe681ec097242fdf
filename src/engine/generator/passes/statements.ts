import type { Template } from "../template.ts";

/** By statements: variables, assignments and loops. */
export const statements: readonly Template[] = [
  { name: "variable", body: "const held@n: @T = @v;", result: "held@n" },
  { name: "variable-inferred", body: "const held@n = @v;", result: "held@n" },
  { name: "assignment", body: "let held@n: @T;\nheld@n = @v;", result: "held@n", isLet: true },
  { name: "assignment-optional", body: "let held@n: @T | undefined;\nheld@n = @v;", result: "held@n", isLet: true },
  { name: "logical-assignment", body: "let held@n: @T | undefined;\nheld@n ??= @v;", result: "held@n", isLet: true },
  { name: "array-pattern-assignment", body: "let held@n: @T;\n[held@n] = [@v];", result: "held@n", isLet: true },
  {
    name: "object-pattern-assignment",
    body: "let held@n: @T;\n({ held: held@n } = { held: @v });",
    result: "held@n",
    isLet: true,
  },
  {
    name: "for-of-assignment",
    body: "let held@n: @T | undefined;\nfor (held@n of [@v]) void held@n;",
    result: "held@n!",
    isLet: true,
  },
  {
    name: "try-catch",
    body: "let tried@n: @T | undefined;\ntry {\n  tried@n = @v;\n} catch {\n  tried@n = undefined;\n}",
    result: "tried@n!",
    isLet: true,
  },
  {
    name: "switch",
    body: "let picked@n: @T | undefined;\nswitch (flag()) {\n  case true:\n    picked@n = @v;\n    break;\n  default:\n    break;\n}",
    result: "picked@n!",
    isLet: true,
  },
  {
    name: "list-on-demand",
    body: "let lists@n: @T[] | undefined;\n(lists@n ??= []).push(@v);",
    result: "lists@n[0]!",
    isLet: true,
  },
];

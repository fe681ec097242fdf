import { type Comparison, compare } from "../engine/compare.ts";
import { comparisonMarkdown, comparisonText } from "../report/comparison.ts";
import { jsonOf } from "../report/json.ts";
import { unprinted } from "./format.ts";
import { isRejected } from "./measure-verb.ts";
import type { Answer, Task } from "./task.ts";

/** The strategies side by side; negative when the compiler rejects one of them. */
export function compareVerb(task: Task): Answer {
  const comparison = compare(task.study());
  const negative = comparison.strategies.some(({ report }) => isRejected(report));
  return { result: formatted(task, comparison), notes: [], negative };
}

function formatted({ format, look }: Task, comparison: Comparison): string {
  switch (format) {
    case "text":
      return comparisonText(comparison, look);
    case "json":
      return jsonOf(comparison);
    case "markdown":
      return comparisonMarkdown(comparison);
    case "graph":
    case "svg":
      return unprinted(format);
  }
}

import type { ReleasePlace } from "../engine/mistakes/mistake.ts";
import { type MistakeMatrix, mistakeMatrix } from "../engine/mistakes/mistake-matrix.ts";
import { jsonOf } from "../report/json.ts";
import { mistakesMarkdown, mistakesText } from "../report/mistakes.ts";
import { unprinted } from "./format.ts";
import type { Answer, Task } from "./task.ts";

/** Mistakes at every release, judged under every strategy; negative when there is no release to make them at. */
export function mistakesVerb(task: Task): Answer {
  const request = task.request();
  const study = request.migration.sources.length === 0 ? undefined : task.study();
  const matrix = mistakeMatrix(request, study, isWithin(task.operands));
  const isEmpty = matrix.places.length === 0;
  const notes = isEmpty
    ? ["nothing outside of tests calls a release there; say what does with --release PLAIN=BRANDED"]
    : [];
  return { result: formatted(task, matrix), notes, negative: isEmpty };
}

function isWithin(paths: readonly string[]): (place: ReleasePlace) => boolean {
  const wanted = paths.map((path) => path.replace(/^\.\/|\/+$/g, ""));
  return ({ file }) => wanted.length === 0 || wanted.some((path) => file === path || file.startsWith(`${path}/`));
}

function formatted({ format, look }: Task, matrix: MistakeMatrix): string {
  switch (format) {
    case "text":
      return mistakesText(matrix, look);
    case "json":
      return jsonOf(matrix);
    case "markdown":
      return mistakesMarkdown(matrix);
    case "graph":
    case "svg":
      return unprinted(format);
  }
}

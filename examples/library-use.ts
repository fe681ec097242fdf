import { applyChanges, type Edit, measure } from "../src/index.ts";

/** Every file the answer changes, as it would be then; null when the compiler rejects the edits. */
export function rewrittenFiles(workingDirectory: string): ReadonlyMap<string, string> | null {
  const { report, sources } = measure({
    project: "examples/handles",
    migration: {
      base: undefined,
      brand: "PooledHandle",
      mode: "distinct",
      sources: ["src/pool.ts#acquire"],
      sinks: [],
      releases: [{ plain: "close", branded: "giveBack" }],
    },
    workingDirectory,
    verify: "sufficient",
  });
  if (report.verdict === null || report.verdict.newDiagnostics.length > 0) return null;

  const edits: readonly Edit[] = [...report.edits, ...report.conversions];
  const editsOf = (file: string) => edits.filter((edit) => edit.file === file);
  return new Map([...sources].map(([file, text]) => [file, applyChanges(text, editsOf(file))]));
}

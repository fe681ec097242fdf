import { join } from "node:path";
import ts from "typescript-6";

/** The project as it stands in memory, compiled again and again, each time only where it changed. */
export interface Compilation {
  readonly program: () => ts.Program;
  textOf(file: string): string;
  change(file: string, text: string): void;
  /** All semantic complaints; what no change affects is not checked again. */
  complaints(): readonly ts.Diagnostic[];
}

/** Opens a folder's tsconfig.json with the compiler's own incremental builder. */
export function openCompilation(folder: string): Compilation {
  const { config } = ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const changed = new Map<string, string>();
  const parsed = new Map<string, ts.SourceFile>();
  const plain = ts.createIncrementalCompilerHost(options);
  const readFile = (file: string) => changed.get(file) ?? plain.readFile(file);
  const getSourceFile: ts.CompilerHost["getSourceFile"] = (file, how) => {
    const known = parsed.get(file);
    if (known !== undefined) return known;
    const text = readFile(file);
    if (text === undefined) return undefined;
    const made = Object.assign(ts.createSourceFile(file, text, how, true), {
      version: ts.sys.createHash?.(text) ?? text,
    });
    parsed.set(file, made);
    return made;
  };
  const host: ts.CompilerHost = { ...plain, readFile, getSourceFile };
  const build = (old?: ts.SemanticDiagnosticsBuilderProgram) =>
    ts.createSemanticDiagnosticsBuilderProgram(fileNames, options, host, old);
  let builder = build();

  return {
    program: () => builder.getProgram(),
    textOf: (file) => parsed.get(file)?.text ?? "",
    change: (file, text) => {
      changed.set(file, text);
      parsed.delete(file);
    },
    complaints: () => {
      builder = build(builder);
      return builder.getSemanticDiagnostics();
    },
  };
}

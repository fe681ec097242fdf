import { join } from "node:path";
import ts from "typescript-6";

const unchanged: ReadonlyMap<string, string> = new Map();

/** The program of a folder's tsconfig.json, made from nothing; `changed` are files whose text is not what the disk has. */
export function programOf(folder: string, changed = unchanged): ts.Program {
  const { config } = ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const host = ts.createCompilerHost(options);
  const getSourceFile: ts.CompilerHost["getSourceFile"] = (file, how) => {
    const text = changed.get(file) ?? host.readFile(file);
    return text === undefined ? undefined : ts.createSourceFile(file, text, how);
  };
  return ts.createProgram(fileNames, options, { ...host, getSourceFile });
}

/** What the compiler says of a program, one line a complaint: file and code, without offsets, which edits move. */
export function complaintsOf(program: ts.Program): readonly string[] {
  return ts.getPreEmitDiagnostics(program).map(lineOf);
}

/** The line of one complaint. */
export function lineOf({ file, code, messageText }: ts.Diagnostic): string {
  return `${file?.fileName ?? ""} TS${code} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
}

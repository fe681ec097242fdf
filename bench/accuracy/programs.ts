import { join } from "node:path";
import ts from "typescript-6";

/** The program of a folder's tsconfig.json. */
export function programOf(folder: string): ts.Program {
  const { config } = ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  return ts.createProgram(fileNames, options);
}

/** What the compiler says of a program, one line a complaint: file and code, without offsets, which edits move. */
export function complaintsOf(program: ts.Program): readonly string[] {
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, code, messageText }) =>
        `${file?.fileName ?? ""} TS${code} ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
}

import { ts } from "ts-morph";

/** The habits of a file, as far as new text has to follow them. */
export interface Writing {
  readonly quote: "'" | '"';
  /** What ends a statement: nothing where the file leaves semicolons out. */
  readonly end: ";" | "";
  readonly indent: string;
}

/** How a file is written, judged by most of what it does; double quotes, semicolons and two spaces when it does nothing. */
export function writingOf(file: ts.SourceFile): Writing {
  return { quote: quoteOf(file), end: endOf(file), indent: indentOf(file) };
}

function quoteOf(file: ts.SourceFile): Writing["quote"] {
  const specifiers = file.statements.flatMap((each) =>
    (ts.isImportDeclaration(each) || ts.isExportDeclaration(each)) && each.moduleSpecifier !== undefined
      ? [each.moduleSpecifier.getText(file)]
      : [],
  );
  const texts = specifiers.length > 0 ? specifiers : (file.text.match(/(?<=[\s(=])(?:'[^'\n"]*'|"[^"\n']*")/g) ?? []);
  const single = texts.filter((text) => text.startsWith("'")).length;
  return single * 2 > texts.length ? "'" : '"';
}

function endOf(file: ts.SourceFile): Writing["end"] {
  const ended = file.statements.filter(isEndedStatement);
  const open = ended.filter((each) => !each.getText(file).endsWith(";")).length;
  return open * 2 > ended.length ? "" : ";";
}

function isEndedStatement(node: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(node) ||
    ts.isVariableStatement(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isExpressionStatement(node) ||
    ts.isExportDeclaration(node)
  );
}

// A line that goes on a block comment is one space deeper than what it belongs to.
function indentOf(file: ts.SourceFile): string {
  return /^(\t+| {2,8})(?![\s*])/m.exec(file.text)?.[1]?.replace(/^\t+$/, "\t") ?? "  ";
}

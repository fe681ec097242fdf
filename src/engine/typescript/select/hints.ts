import { relative } from "node:path";
import { ts } from "ts-morph";
import { isNamed } from "./declarations.ts";
import { memberName, memberNames } from "./members.ts";

/** Why a name is not found, and which names come near it. */
export function unknownName(name: string, file: string | undefined, files: readonly ts.SourceFile[]): string {
  const [only] = files;
  if (file === undefined || only === undefined)
    return `nothing in the project is called ${name}; name its file too: file.ts#${name}`;
  if (name === "default") return `${file} has no default export`;
  return `${file} declares no ${name}${near(name, only.statements.flatMap(namesOf))}`;
}

/** Why a way through owners ends nowhere. */
export function noMember(owners: readonly ts.Node[], path: readonly string[]): string {
  const [owner = "", member = ""] = path;
  const names = owners.flatMap(memberNames);
  const hint = near(member, names) || (names.length > 0 ? `; it has ${names.slice(0, 5).join(", ")}` : "");
  return `${owner} has no member ${path.slice(1).join(".")}${hint}`;
}

function near(name: string, all: readonly string[]): string {
  const wanted = name.slice(0, 4).toLowerCase();
  const names = [...new Set(all)].filter((other) => other !== name && other.toLowerCase().includes(wanted));
  return names.length === 0 ? "" : `; did you mean ${names.slice(0, 3).join(" or ")}?`;
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map((each) => each.name.getText());
  return isNamed(statement) && statement.name !== undefined ? [statement.name.getText()] : [];
}

/** When declarations are not one thing: the selectors that tell them apart. */
export function ambiguity(declarations: readonly ts.Node[], workingDirectory: string): string | undefined {
  const places = new Set(declarations.map(({ parent }) => parent));
  const owners = new Set(
    [...places].map((place) => (ts.isVariableDeclarationList(place) ? place.parent.parent : place)),
  );
  if (owners.size < 2 || declarations.every(isInMergedType)) return undefined;
  const selectors = [...new Set(declarations.map((each) => selectorOf(each, workingDirectory)))];
  if (selectors.length > 1) return `ambiguous; write ${selectors.slice(0, 4).join(" or ")}`;
  const lines = declarations.map((each) => lineOf(each));
  return `ambiguous, declared in lines ${lines.join(" and ")}; give one of them another name`;
}

// The parts of one interface are one type; so are a type and the value that goes by its name.
function isInMergedType(node: ts.Node): boolean {
  return ts.isTypeElement(node) && ts.isInterfaceDeclaration(node.parent);
}

function selectorOf(declaration: ts.Node, workingDirectory: string): string {
  const file = relative(workingDirectory, declaration.getSourceFile().fileName).replaceAll("\\", "/");
  const names: string[] = [];
  for (let node = declaration; !ts.isSourceFile(node); node = node.parent) {
    const isOwner = isNamed(node) || ts.isClassElement(node) || ts.isTypeElement(node) || ts.isPropertyAssignment(node);
    const name = isOwner ? memberName(node) : undefined;
    if (name !== undefined) names.unshift(name);
  }
  return `${file}#${names.join(".")}`;
}

function lineOf(node: ts.Node): number {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
}

import { relative } from "node:path";
import { ts } from "ts-morph";
import { InputError } from "../input-error.ts";
import { annotationOf } from "./annotation.ts";
import { mentionsName } from "./occurrences.ts";

/** What a selector names: a declaration, and the annotation that says its type, if it has one. */
export interface Selection {
  readonly declaration: ts.Node;
  readonly annotation: ts.TypeNode | undefined;
  readonly name: string;
}

/** The files selectors may name, and what their paths are relative to. */
export interface SelectionScope {
  readonly files: readonly ts.SourceFile[];
  readonly root: string;
  readonly workingDirectory: string;
}

const selectorForm =
  /^(?:(?<file>[^#]+)#)?(?<name>[\w$]+)(?:\.(?<member>[\w$]+|#[\w$]+))?(?:\((?<parameter>[\w$]+)\))?$/;

/**
 * The declarations a selector names: `file.ts#name`, `file.ts#Class.member`, `file.ts#function(parameter)`; without a
 * file the name has to be declared in one place only. Overloads are one name.
 * @throws InputError when the form is wrong, or nothing or more than one thing is meant
 */
export function select(selector: string, scope: SelectionScope): readonly Selection[] {
  const parts = selectorForm.exec(selector)?.groups;
  if (parts?.name === undefined) {
    throw new InputError(
      `${selector}: not a selector; write file.ts#name, file.ts#Class.member or file.ts#function(parameter)`,
    );
  }
  const { file, name, member, parameter } = parts;
  const files = file === undefined ? scope.files : [findFile(selector, file, scope)];
  const named = files.flatMap((source) => (mentionsName(source, name) ? declarationsNamed(source, name) : []));
  if (named.length === 0) throw new InputError(`${selector}: ${unknownName(name, file, files)}`);
  refuseAmbiguous(selector, named, scope);

  const declarations = member === undefined ? named : named.flatMap((owner) => membersNamed(owner, member));
  if (declarations.length === 0) throw new InputError(`${selector}: ${name} has no member ${member}`);
  if (parameter === undefined) return declarations.map((declaration) => whole(declaration, member ?? name));
  return declarations.map((declaration) => parameterOf(selector, declaration, parameter, member ?? name));
}

function findFile(selector: string, file: string, scope: SelectionScope): ts.SourceFile {
  const wanted = file.replace(/^\.\//, "");
  const isNamed = (source: ts.SourceFile, from: string) =>
    relative(from, source.fileName).replaceAll("\\", "/") === wanted;
  const exact = scope.files.filter((source) => isNamed(source, scope.workingDirectory) || isNamed(source, scope.root));
  const found = exact.length > 0 ? exact : scope.files.filter((source) => source.fileName.endsWith(`/${wanted}`));
  if (found.length > 1)
    throw new InputError(`${selector}: more than one file is called ${file}; write its path from the project's root`);
  const [only] = found;
  if (only === undefined) throw new InputError(`${selector}: the project has no file ${file}`);
  return only;
}

function unknownName(name: string, file: string | undefined, files: readonly ts.SourceFile[]): string {
  const [only] = files;
  if (file === undefined || only === undefined)
    return `nothing in the project is called ${name}; name its file too: file.ts#${name}`;
  const names = only.statements
    .flatMap(namesOf)
    .filter((other) => other.toLowerCase().includes(name.slice(0, 4).toLowerCase()));
  const hint = names.length === 0 ? "" : `; did you mean ${names.slice(0, 3).join(" or ")}?`;
  return `${file} declares no ${name}${hint}`;
}

function namesOf(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map((each) => each.name.getText());
  if ("name" in statement && statement.name !== undefined) return [(statement.name as ts.Node).getText()];
  return [];
}

function refuseAmbiguous(selector: string, named: readonly ts.Node[], scope: SelectionScope): void {
  const places = new Set(
    named.map((declaration) => `${declaration.getSourceFile().fileName} ${declaration.parent.pos}`),
  );
  if (places.size < 2) return;
  const where = named.map((declaration) => relative(scope.workingDirectory, declaration.getSourceFile().fileName));
  throw new InputError(
    `${selector}: ambiguous, declared in ${[...new Set(where)].slice(0, 4).join(", ")}; write file.ts#${selector.split("#").at(-1)} or name it through its owner`,
  );
}

// At the top of the file and in its namespaces first; only then inside functions.
function declarationsNamed(file: ts.SourceFile, name: string): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node, deep: boolean): void => {
    if (isDeclarationOf(node, name)) found.push(node);
    else if (deep || !ts.isFunctionLike(node)) ts.forEachChild(node, (child) => visit(child, deep));
  };
  ts.forEachChild(file, (child) => visit(child, false));
  if (found.length === 0) ts.forEachChild(file, (child) => visit(child, true));
  return found;
}

function isDeclarationOf(node: ts.Node, name: string): boolean {
  const isKind =
    ts.isFunctionDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isClassLike(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node);
  return isKind && node.name?.getText() === name;
}

function membersNamed(owner: ts.Node, name: string): readonly ts.Node[] {
  const type = ts.isTypeAliasDeclaration(owner) ? owner.type : owner;
  if (ts.isVariableDeclaration(type) && type.initializer !== undefined) return membersNamed(type.initializer, name);
  if (ts.isObjectLiteralExpression(type)) return type.properties.filter((each) => each.name?.getText() === name);
  if (!ts.isClassLike(type) && !ts.isInterfaceDeclaration(type) && !ts.isTypeLiteralNode(type)) return [];
  const members: readonly (ts.ClassElement | ts.TypeElement)[] = type.members;
  return members.filter((member) => nameOfMember(member) === name);
}

function nameOfMember(member: ts.ClassElement | ts.TypeElement): string | undefined {
  return ts.isConstructorDeclaration(member) ? "constructor" : member.name?.getText();
}

function whole(declaration: ts.Node, name: string): Selection {
  const signature = functionOf(declaration) ?? declaration;
  const annotation = ts.isTypeAliasDeclaration(signature) ? undefined : annotationOf(signature);
  return { declaration: signature, annotation, name };
}

function functionOf(declaration: ts.Node): ts.SignatureDeclaration | undefined {
  if (ts.isFunctionLike(declaration)) return declaration;
  const inner = "initializer" in declaration ? (declaration.initializer as ts.Node | undefined) : undefined;
  return inner !== undefined && (ts.isArrowFunction(inner) || ts.isFunctionExpression(inner)) ? inner : undefined;
}

function parameterOf(selector: string, declaration: ts.Node, parameter: string, name: string): Selection {
  const all = functionOf(declaration)?.parameters ?? [];
  const found = all.find((each) => each.name.getText() === parameter);
  if (found !== undefined) return { declaration: found, annotation: annotationOf(found), name };
  const names = all.map((each) => each.name.getText());
  throw new InputError(`${selector}: ${name} has no parameter ${parameter}; it has ${names.join(", ") || "none"}`);
}

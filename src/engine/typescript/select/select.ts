import { relative } from "node:path";
import { ts } from "ts-morph";
import { InputError, NoSuchFile } from "../../input-error.ts";
import { annotationOf } from "../syntax/annotation.ts";
import { mentionsName } from "../syntax/names.ts";
import { declarationsNamed, exportedAs } from "./declarations.ts";
import { ambiguity, noMember, unknownName } from "./hints.ts";
import { functionMade } from "./made-by.ts";
import { membersAt } from "./members.ts";

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

const segment = /(?:#?[\p{ID_Continue}$]+|"[^"]+"|'[^']+'|\[[^\]]+\])/u.source;
const selectorForm = new RegExp(
  `^(?:(?<file>[^#]*[^#.])#)?(?<path>${segment}(?:\\.${segment})*)(?:\\((?<parameter>[\\p{ID_Continue}$]+)\\))?$`,
  "u",
);

/**
 * The declarations a selector names: `file.ts#name`, `file.ts#Class.member`, `file.ts#function(parameter)`; without a
 * file the name has to be declared in one place only. Overloads are one name, and so are a getter and its setter.
 * A way through owners may be longer: `namespace.Class.member`, `outer.inner` for a function inside a function.
 * A parameter that is taken apart is named by what is taken: `file.ts#function(id)` for `{ id }: { id: string }` and for
 * `[id]: [string]`. A function that gives back an object has its members: `file.ts#makeApi.load(id)`.
 * `Class.static.member` and `Class.prototype.member` tell members of one name apart; `#default` is the default export.
 * @throws InputError when the form is wrong, or nothing or more than one thing is meant
 */
export function select(selector: string, scope: SelectionScope): readonly Selection[] {
  const parts = selectorForm.exec(selector)?.groups;
  if (parts?.path === undefined) {
    throw new InputError(
      `${selector}: not a selector; write file.ts#name, file.ts#Class.member or file.ts#function(parameter)`,
    );
  }
  const { file, parameter } = parts;
  const [first = "", ...rest] = parts.path.match(new RegExp(segment, "gu")) ?? [];
  const files = file === undefined ? scope.files : [findFile(selector, file, scope)];
  const named = files.flatMap((source) => rootsNamed(source, first, file !== undefined));
  const isFile = file === undefined && files.some(({ fileName }) => fileName.endsWith(`/${selector}`));
  const isUnknown = (problem: string) =>
    new InputError(`${selector}: ${isFile ? `a file; write ${selector}#name for what is declared in it` : problem}`);
  if (named.length === 0) throw isUnknown(unknownName(first, file, files));
  const declarations = rest.length === 0 ? named : named.flatMap((owner) => membersAt(selector, owner, rest));
  if (declarations.length === 0) throw isUnknown(noMember(named, [first, ...rest]));
  const problem = ambiguity(declarations, scope.workingDirectory);
  if (problem !== undefined) throw new InputError(`${selector}: ${problem}`);

  const name = rest.at(-1) ?? first;
  if (parameter === undefined) return declarations.map((declaration) => whole(declaration, name));
  return parametersOf(selector, declarations, parameter, name);
}

/**
 * The same, for what holds values: where a type and a value go by one name, the value is meant.
 * @throws InputError like `select`
 */
export function selectValues(selector: string, scope: SelectionScope): readonly Selection[] {
  const all = select(selector, scope);
  const values = all.filter(
    ({ declaration }) => !ts.isInterfaceDeclaration(declaration) && !ts.isTypeAliasDeclaration(declaration),
  );
  return values.length > 0 ? values : all;
}

function rootsNamed(source: ts.SourceFile, name: string, hasFile: boolean): readonly ts.Node[] {
  if (name === "default" && hasFile) return exportedAs(source, name);
  if (!mentionsName(source, name)) return [];
  const declared = declarationsNamed(source, name);
  return declared.length > 0 || !hasFile ? declared : exportedAs(source, name);
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
  if (only === undefined) throw new NoSuchFile(`${selector}: the project has no file ${file}`);
  return only;
}

function whole(declaration: ts.Node, name: string): Selection {
  const [written] = ts.isSetAccessorDeclaration(declaration) ? declaration.parameters : [];
  if (written !== undefined) return { declaration: written, annotation: written.type, name };
  const signature = functionOf(declaration) ?? declaration;
  const annotation = ts.isTypeAliasDeclaration(signature) ? otherName(signature.type) : annotationOf(signature);
  return { declaration: signature, annotation, name };
}

/** What `type Id = string` renames, which is branded wherever it is called Id. A shape stands for itself. */
export function otherName(type: ts.TypeNode): ts.TypeNode | undefined {
  const isShape = ts.isTypeLiteralNode(type) || ts.isMappedTypeNode(type) || ts.isFunctionTypeNode(type);
  return isShape ? undefined : type;
}

function functionOf(declaration: ts.Node): ts.SignatureDeclaration | undefined {
  if (ts.isFunctionLike(declaration)) return declaration;
  const inner = "initializer" in declaration ? (declaration.initializer as ts.Node | undefined) : undefined;
  if (inner !== undefined && ts.isCallExpression(inner))
    return annotationOf(declaration) === undefined ? functionMade(inner) : undefined;
  return inner !== undefined && (ts.isArrowFunction(inner) || ts.isFunctionExpression(inner)) ? inner : undefined;
}

// Of a class: those of its constructor. Of a type: those of the functions it stands for.
function signaturesOf(declaration: ts.Node): readonly ts.SignatureDeclaration[] {
  if (ts.isClassLike(declaration)) return declaration.members.filter(ts.isConstructorDeclaration);
  const type = "type" in declaration ? (declaration.type as ts.Node | undefined) : undefined;
  const own = functionOf(declaration) ?? (type !== undefined && ts.isFunctionTypeNode(type) ? type : undefined);
  return own === undefined ? [] : [own];
}

function parametersOf(
  selector: string,
  declarations: readonly ts.Node[],
  parameter: string,
  name: string,
): readonly Selection[] {
  const all = declarations.flatMap(signaturesOf).flatMap((signature) => [...signature.parameters]);
  const found = all.filter((each) => each.name.getText() === parameter);
  if (found.length > 0) return found.map((each) => ({ declaration: each, annotation: annotationOf(each), name }));
  const members = all.flatMap((each) => takenFrom(selector, each, parameter));
  if (members.length > 0) return members;
  const names = [...new Set(all.map((each) => each.name.getText()))];
  throw new InputError(`${selector}: ${name} has no parameter ${parameter}; it has ${names.join(", ") || "none"}`);
}

// Of `{ id }: { id: string }` the member that is written there, of `[id]: string[]` what the list holds.
function takenFrom(selector: string, parameter: ts.ParameterDeclaration, name: string): readonly Selection[] {
  const { name: pattern, type } = parameter;
  if (ts.isIdentifier(pattern)) return [];
  const elements: readonly ts.ArrayBindingElement[] = pattern.elements;
  const element = elements.filter(ts.isBindingElement).find((each) => each.name.getText() === name);
  if (element === undefined) return [];
  const held = ts.isArrayBindingPattern(pattern) ? heldIn(type, elements.indexOf(element)) : undefined;
  if (held !== undefined) return [{ declaration: parameter, annotation: held, name }];
  const taken = (element.propertyName ?? element.name).getText();
  const members = type !== undefined && ts.isTypeLiteralNode(type) ? membersAt(selector, type, [taken]) : [];
  if (members.length > 0) return members.map((each) => whole(each, name));
  const named = type !== undefined && ts.isTypeReferenceNode(type) ? `file.ts#${type.typeName.getText()}.${taken}` : "";
  const instead = ts.isObjectBindingPattern(pattern) && named !== "" ? named : "what it is taken from";
  throw new InputError(`${selector}: ${name} is taken from ${pattern.getText()}; name ${instead}`);
}

function heldIn(type: ts.TypeNode | undefined, i: number): ts.TypeNode | undefined {
  if (type === undefined) return undefined;
  if (ts.isTypeOperatorNode(type) || ts.isParenthesizedTypeNode(type)) return heldIn(type.type, i);
  if (ts.isArrayTypeNode(type)) return type.elementType;
  const slot = ts.isTupleTypeNode(type) ? type.elements[i] : undefined;
  return slot !== undefined && ts.isNamedTupleMember(slot) ? slot.type : slot;
}

import { ts } from "ts-morph";
import { isJavaScript } from "../syntax/annotation.ts";
import { isDeclaredInLibrary } from "../types/of-library.ts";
import { wantedSignatures } from "../types/signature.ts";
import { alternatives, type BaseTest, leafOf, typeArguments } from "./leaves.ts";
import type { BaseType } from "./occurrences.ts";
import { type SpelledOut, spellOutArguments } from "./spelled-out.ts";

/**
 * The calls of which a type argument, inferred from what is passed first, has to hold more than that later on, spelled out:
 * `list.reduce((sum, each) => …, 0)` and `const [id, setId] = useState("")`.
 *
 * Shortcomings: what is never called by the name that a pattern gives it is not looked for, `onChange={setId}`.
 */
export function spellOutCalls(files: readonly ts.SourceFile[], test: BaseTest): readonly SpelledOut[] {
  const mayOpen = test.base.kind === "primitive" ? openOfPrimitive : openOfAny;
  return files.flatMap((file) => {
    if (isJavaScript(file) || file.isDeclarationFile || !mayOpen.test(file.text)) return [];
    return callsIn(file).flatMap((call) => {
      const types = openArguments(call, test);
      return types === undefined ? [] : (spellOutArguments(call, types, test) ?? []);
    });
  });
}

// By the text first, because most files have no such call.
const openOfAny = /\.reduce(?:Right)?\(|\bnew [\w.]*Map\(\s*\[/;
const openOfPrimitive = new RegExp(`${openOfAny.source}|(?:const|let|var)\\s*[[{]`);

function callsIn(file: ts.SourceFile): readonly Call[] {
  const calls: Call[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node.typeArguments === undefined) calls.push(node);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return calls;
}

type Call = ts.CallExpression | ts.NewExpression;

function openArguments(call: Call, test: BaseTest): readonly ts.Type[] | undefined {
  const types = argumentsOf(call, test);
  return types?.some((type) => isBaseAlone(type, test)) === true ? types : undefined;
}

function argumentsOf(call: Call, { base, checker }: BaseTest): readonly ts.Type[] | undefined {
  if (ts.isNewExpression(call)) return listsPairs(call) ? pairedTypes(call, checker) : undefined;
  if (isReduce(call)) return mayBeBase(call.arguments[1], base) ? reducedType(call, checker) : undefined;
  return base.kind === "primitive" && isTakenApart(call) ? takenBack(call, checker) : undefined;
}

// `new Map([["a", 1], ["b", 2]])`: of several pairs the compiler makes no union, as it does of the elements of a list.
function listsPairs({ arguments: given }: Call): boolean {
  const [list, ...others] = given ?? [];
  if (list === undefined || !ts.isArrayLiteralExpression(list) || others.length > 0) return false;
  return list.elements.length > 1 && list.elements.every(ts.isArrayLiteralExpression);
}

function pairedTypes(call: ts.NewExpression, checker: ts.TypeChecker): readonly ts.Type[] | undefined {
  const signature = checker.getResolvedSignature(call);
  const isOfLibrary = signature?.getDeclaration()?.getSourceFile().isDeclarationFile === true;
  return isOfLibrary ? checker.getTypeArgumentsForResolvedSignature(signature) : undefined;
}

function isReduce({ expression, arguments: given }: ts.CallExpression): boolean {
  return (
    ts.isPropertyAccessExpression(expression) && /^reduce(Right)?$/.test(expression.name.text) && given.length === 2
  );
}

// Asked of the syntax, before the call is resolved: most sums are of another kind.
function mayBeBase(value: ts.Expression | undefined, { kind, name }: BaseType): boolean {
  if (value === undefined || ts.isArrayLiteralExpression(value) || ts.isFunctionLike(value)) return false;
  if (ts.isObjectLiteralExpression(value) || ts.isNewExpression(value)) return kind !== "primitive";
  if (ts.isNumericLiteral(value)) return kind === "primitive" && name === "number";
  return !ts.isStringLiteralLike(value) || (kind === "primitive" && name === "string");
}

// Of the overload that takes the elements for what is made of them, the elements.
function reducedType(call: ts.CallExpression, checker: ts.TypeChecker): readonly ts.Type[] | undefined {
  const signature = checker.getResolvedSignature(call);
  const list: ts.Node | undefined = signature?.getDeclaration()?.parent;
  if (signature === undefined || list === undefined || !ts.isInterfaceDeclaration(list)) return undefined;
  const symbol = checker.getSymbolAtLocation(list.name);
  const isOfLists = symbol !== undefined && isDeclaredInLibrary(symbol) && /^(Readonly)?Array$/.test(symbol.name);
  if (!isOfLists) return undefined;
  return checker.getTypeArgumentsForResolvedSignature(signature) ?? [signature.getReturnType()];
}

function isTakenApart({ parent, expression, arguments: given }: ts.CallExpression): boolean {
  if (!ts.isVariableDeclaration(parent) || ts.isIdentifier(parent.name) || given.length === 0) return false;
  const isNamed = ts.isIdentifier(expression) || ts.isPropertyAccessExpression(expression);
  return isNamed && parent.name.elements.length > 1 && parent.name.elements.some(isCalled);
}

// Asked of the text, since most patterns take no functions out.
function isCalled(element: ts.ArrayBindingElement): boolean {
  if (!ts.isBindingElement(element) || !ts.isIdentifier(element.name)) return false;
  return new RegExp(`(?<![\\w$.])${element.name.text.replaceAll("$", "\\$")}\\(`).test(element.getSourceFile().text);
}

// What is given back with functions that take more of it.
function takenBack(call: ts.CallExpression, checker: ts.TypeChecker): readonly ts.Type[] | undefined {
  if (!isGeneric(call.expression, checker)) return undefined;
  const signature = checker.getResolvedSignature(call);
  const declaration = signature?.getDeclaration();
  const declared = declaration === undefined ? undefined : checker.getSignatureFromDeclaration(declaration);
  if (signature === undefined || declared?.typeParameters === undefined) return undefined;
  const taken = functionsIn(declared.getReturnType(), call, checker).flatMap(({ parameters }) => parameters);
  const types = taken.map((parameter) => checker.getTypeOfSymbolAtLocation(parameter, call));
  const isTaken = (own: ts.Type) => types.some((type) => isMadeOf(type, own, checker));
  return declared.typeParameters.some(isTaken) ? checker.getTypeArgumentsForResolvedSignature(signature) : undefined;
}

// Asked before the call is resolved, which takes all its arguments.
function isGeneric(callee: ts.Expression, checker: ts.TypeChecker): boolean {
  const signatures = checker.getTypeAtLocation(callee).getCallSignatures();
  return signatures.some(({ typeParameters }) => typeParameters !== undefined);
}

function functionsIn(type: ts.Type, at: ts.Node, checker: ts.TypeChecker): readonly ts.Signature[] {
  const parts = checker.isTupleType(type)
    ? typeArguments(type, checker).map(([, part]) => part)
    : checker.getPropertiesOfType(type).map((member) => checker.getTypeOfSymbolAtLocation(member, at));
  return parts.flatMap(wantedSignatures);
}

function isMadeOf(type: ts.Type, own: ts.Type, checker: ts.TypeChecker): boolean {
  return alternatives(type).some(
    (each) => each === own || typeArguments(each, checker).some(([, part]) => alternatives(part).includes(own)),
  );
}

// Of literals alone it would be another type.
function isBaseAlone(type: ts.Type, test: BaseTest): boolean {
  const held = alternatives(type).filter((each) => leafOf(each, test) !== undefined);
  return held.length > 0 && !held.some((each) => each.isLiteral());
}

import { ts } from "ts-morph";

/** The member of a type by the name of another one, also where the name is a symbol such as `[Symbol.iterator]`. */
export function sameMember(type: ts.Type, member: ts.Symbol, checker: ts.TypeChecker): ts.Symbol | undefined {
  if (!member.name.startsWith("__@")) return checker.getPropertyOfType(type, member.name);
  return checker.getPropertiesOfType(type).find(({ escapedName }) => escapedName === member.escapedName);
}

/** Is this declared in a class, an interface, a type or an object literal? */
export function isMember(declaration: ts.Node): boolean {
  return ts.isClassElement(declaration) || ts.isTypeElement(declaration) || ts.isObjectLiteralElement(declaration);
}

/** Can the member only be read, as far as its declaration says? */
export function isReadonlyMember(member: ts.Symbol): boolean {
  const declaration = member.valueDeclaration;
  if (declaration === undefined) return false;
  if (ts.isMethodSignature(declaration) || ts.isMethodDeclaration(declaration)) return true;
  if (ts.isGetAccessor(declaration)) return setterOf(member) === undefined;
  return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0;
}

/** The setter of a member that is a pair of accessors. */
export function setterOf(member: ts.Symbol): ts.SetAccessorDeclaration | undefined {
  return member.declarations?.find(ts.isSetAccessor);
}

/** The setter that what is assigned to a place is handed to. */
export function setterBehind(place: ts.Expression, checker: ts.TypeChecker): ts.SetAccessorDeclaration | undefined {
  const member = ts.isPropertyAccessExpression(place) ? checker.getSymbolAtLocation(place.name) : undefined;
  return member === undefined ? undefined : setterOf(member);
}

/** What is written through a member and arrives at the setter of another one; undefined when nothing can be. */
export function writtenThrough(
  member: ts.Symbol,
  own: ts.Symbol,
  site: ts.Node,
  checker: ts.TypeChecker,
): { readonly source: ts.Type; readonly target: ts.Type } | undefined {
  const setter = setterOf(own);
  if (setter === undefined || isReadonlyMember(member)) return undefined;
  const outer = setterOf(member);
  const source = outer === undefined ? checker.getTypeOfSymbolAtLocation(member, site) : writtenType(outer, checker);
  const target = writtenType(setter, checker);
  return source === undefined || target === undefined ? undefined : { source, target };
}

function writtenType(setter: ts.SetAccessorDeclaration, checker: ts.TypeChecker): ts.Type | undefined {
  const [parameter] = setter.parameters;
  return parameter === undefined ? undefined : checker.getTypeAtLocation(parameter);
}

import { ts } from "ts-morph";
import { alternatives, type BaseTest, isReference, mentions, typeArguments } from "../tagging/leaves.ts";
import { isReadonlyMember, sameMember, setterOf, writtenThrough } from "../types/member.ts";
import { isDeclaredInLibrary, isOfLibrary } from "../types/of-library.ts";
import { isCallback, isMethod, parameterCount, parameterType } from "../types/signature.ts";
import { declaredPlace, further, type Place, type Relation, relate, type Step, typeOf, within } from "./pair-step.ts";

/** What can be called or made, parameter by parameter. */
export function relateSignatures(step: Step, source: ts.Type, target: ts.Type, relation: Relation): void {
  for (const kind of [ts.SignatureKind.Call, ts.SignatureKind.Construct]) {
    const given = step.test.checker.getSignaturesOfType(source, kind);
    const wanted = step.test.checker.getSignaturesOfType(target, kind);
    for (const [i, to] of wanted.entries()) {
      const from = given.length === wanted.length ? given[i] : given.find((each) => accepts(step, each, to));
      if (from !== undefined) relateSignature(step, from, to, relation);
    }
  }
}

// Which of several overloads answers for a wanted signature: the first that takes its arguments.
function accepts(step: Step, given: ts.Signature, wanted: ts.Signature): boolean {
  return parameterPairs(step, given, wanted).every(([accepted, argument]) =>
    step.test.checker.isTypeAssignableTo(argument, accepted),
  );
}

function relateSignature(step: Step, from: ts.Signature, to: ts.Signature, relation: Relation): void {
  const { checker } = step.test;
  const bivariant = isMethod(to);
  for (const [i, [accepted, wanted]] of parameterPairs(step, from, to).entries()) {
    const isChecked = !bivariant || (isCallback(wanted, checker) && isCallback(accepted, checker));
    // What a view is asked about is not stored into what it is a view of.
    if (relation.view && !isChecked) continue;
    const enforced = relation.enforced && isChecked;
    const inner = { ...within(relation, true), enforced, backward: !relation.backward };
    relate(step, wanted, accepted, inner, (outer) => ({
      from: further(outer.to, `.(${i})`),
      to: further(outer.from, `.(${i})`),
    }));
  }
  // What a method that is written here returns flows into the type that the context wants of it on its own.
  if (!relation.nested && isMethodOfLiteral(step.site)) return;
  relate(step, from.getReturnType(), to.getReturnType(), within(relation, true), (outer) => ({
    from: givenPlace(from, outer.from),
    to: givenPlace(to, outer.to),
  }));
}

// Of a function of no written type what it gives is declared by the function itself.
function givenPlace(signature: ts.Signature, outer: Place): Place {
  const given = declaredPlace(signature.getDeclaration());
  return given.declaration === undefined ? further(outer, ".()") : given;
}

function isMethodOfLiteral(site: ts.Node): boolean {
  return ts.isMethodDeclaration(site) && ts.isObjectLiteralExpression(site.parent) && site.type === undefined;
}

// `(...event: [id: string]) => void` is met argument by argument.
function parameterPairs(
  { test: { checker }, site }: Step,
  given: ts.Signature,
  wanted: ts.Signature,
): readonly (readonly [ts.Type, ts.Type])[] {
  const count = Math.max(parameterCount(given, site, checker), parameterCount(wanted, site, checker));
  return Array.from({ length: count }).flatMap((_, i) => {
    const accepted = parameterType(given, i, site, checker);
    const argument = parameterType(wanted, i, site, checker);
    return accepted === undefined || argument === undefined ? [] : [[accepted, argument] as const];
  });
}

/** Member by member, by name or index. */
export function relateMembers(step: Step, source: ts.Type, target: ts.Type, relation: Relation): void {
  const { checker } = step.test;
  if (isOfLibrary(target) && !mayHoldBase(step, source, target)) return;
  for (const member of checker.getPropertiesOfType(target)) {
    const own = sameMember(source, member, checker);
    if (own === undefined || own === member || isInherited(step, own, member, source, target)) continue;
    const inner = within(relation, isReadonlyMember(member) || setterOf(own) !== undefined);
    relate(step, typeOf(step, own), typeOf(step, member), inner, () => ({
      from: declaredPlace(declarationOf(own)),
      to: declaredPlace(declarationOf(member)),
    }));
    relateWrites(step, own, member, relation);
  }
  for (const index of checker.getIndexInfosOfType(target)) {
    for (const type of indexedTypes(source, checker))
      relate(step, type, index.type, within(relation, index.isReadonly));
  }

  function indexedTypes(type: ts.Type, of: ts.TypeChecker): readonly ts.Type[] {
    const infos = of.getIndexInfosOfType(type);
    if (infos.length > 0) return infos.map((info) => info.type);
    return of.getPropertiesOfType(type).map((member) => of.getTypeOfSymbolAtLocation(member, step.site));
  }
}

// A member of `Readonly<typeof row>` is declared where that of the row is.
function declarationOf({ valueDeclaration, declarations }: ts.Symbol): ts.Declaration | undefined {
  return valueDeclaration ?? declarations?.[0];
}

function mayHoldBase({ test }: Step, source: ts.Type, target: ts.Type): boolean {
  return [source, target].some((type) => mentions(type, test).length > 0 || isOverUnnamed(type, test));
}

// `Iterable<() => Page>`: what its argument is made of has no declaration of its own to compare. As deep as `mentions`.
function isOverUnnamed(type: ts.Type, test: BaseTest, depth = 5): boolean {
  return typeArguments(type, test.checker).some(([, argument]) =>
    alternatives(argument).some(
      (each) => isUnnamed(each) || (depth > 0 && !isOfProject(each) && isOverUnnamed(each, test, depth - 1)),
    ),
  );
}

// A tuple is declared nowhere.
function isOfProject({ symbol }: { readonly symbol?: ts.Symbol }): boolean {
  return symbol !== undefined && !isDeclaredInLibrary(symbol);
}

function isUnnamed(type: ts.Type): boolean {
  const symbol: ts.Symbol | undefined = type.symbol;
  return symbol !== undefined && (symbol.flags & (ts.SymbolFlags.TypeLiteral | ts.SymbolFlags.ObjectLiteral)) !== 0;
}

// The compiler compares only what is read.
function relateWrites(step: Step, own: ts.Symbol, member: ts.Symbol, relation: Relation): void {
  const written = writtenThrough(member, own, step.site, step.test.checker);
  if (written === undefined) return;
  const inner = { ...within(relation, true), enforced: false, backward: !relation.backward };
  relate(step, written.source, written.target, inner);
}

// One declaration seen through two types is one position, unless a type argument makes two of it.
function isInherited(step: Step, own: ts.Symbol, member: ts.Symbol, source: ts.Type, target: ts.Type): boolean {
  if (own.valueDeclaration === undefined || own.valueDeclaration !== member.valueDeclaration) return false;
  return !instantiatedWithBase(source, step.test) && !instantiatedWithBase(target, step.test);
}

function instantiatedWithBase(type: ts.Type, test: BaseTest): boolean {
  if (!type.isClassOrInterface() && !isReference(type)) return true;
  if (mentions(type, test).length > 0) return true;
  const declared = isReference(type) ? type.target : type;
  return (
    declared.isClassOrInterface() &&
    test.checker.getBaseTypes(declared).some((base) => instantiatedWithBase(base, test))
  );
}

import { ts } from "ts-morph";

/** Where in a declared type a type parameter of the generic around it stands, and which part of an instance it is. */
interface Place {
  readonly path: string;
  readonly slot: string;
}

/**
 * Which part of a generic's instance a type in its declaration leads to: of `value: V` in `Map<K, V>` the second type
 * argument, of `callback: (value: T) => void` in `Array<T>`, by the path `.(0)`, the elements.
 */
export function slotBehind(type: ts.TypeNode, path: string, checker: ts.TypeChecker): string | undefined {
  const places = placesIn(type, "", checker);
  const nearest = places
    .filter((place) => path.startsWith(place.path))
    .sort((a, b) => b.path.length - a.path.length)[0];
  return nearest === undefined ? places[0]?.slot : nearest.slot + path.slice(nearest.path.length);
}

/** Does a type in the declaration of a generic say what an instance is made of? */
export function namesSlot(type: ts.TypeNode, checker: ts.TypeChecker): boolean {
  return placesIn(type, "", checker).length > 0;
}

function placesIn(node: ts.Node, path: string, checker: ts.TypeChecker): readonly Place[] {
  const slot = ownSlot(node, checker);
  if (slot !== undefined) return [{ path, slot }];
  return partsOf(node).flatMap(([part, step]) => placesIn(part, path + step, checker));
}

function ownSlot(type: ts.Node, checker: ts.TypeChecker): string | undefined {
  if (!ts.isTypeReferenceNode(type) || !ts.isIdentifier(type.typeName)) return undefined;
  const parameter = checker.getSymbolAtLocation(type.typeName)?.declarations?.find(ts.isTypeParameterDeclaration);
  const generic = parameter?.parent;
  const isGeneric = generic !== undefined && (ts.isInterfaceDeclaration(generic) || ts.isClassLike(generic));
  if (parameter === undefined || !isGeneric) return undefined;
  return isList(generic.name) ? ".[]" : `.<${generic.typeParameters?.indexOf(parameter) ?? 0}>`;
}

function isList(name: ts.Node | undefined): boolean {
  return name !== undefined && ts.isIdentifier(name) && /^(Readonly)?Array$/.test(name.text);
}

function partsOf(node: ts.Node): readonly (readonly [ts.Node, string])[] {
  if (ts.isArrayTypeNode(node)) return [[node.elementType, ".[]"]];
  if (ts.isTupleTypeNode(node)) return node.elements.map((each, i) => [each, `.[${i}]`]);
  if (ts.isFunctionTypeNode(node)) {
    const taken = node.parameters.flatMap(({ type }, i) => (type === undefined ? [] : [[type, `.(${i})`] as const]));
    return [...taken, [node.type, ".()"]];
  }
  if (ts.isTypeReferenceNode(node)) {
    return (node.typeArguments ?? []).map((each, i) => [each, isList(node.typeName) ? ".[]" : `.<${i}>`]);
  }
  const parts: (readonly [ts.Node, string])[] = [];
  ts.forEachChild(node, (child) => void parts.push([child, ""]));
  return parts;
}

import { ts } from "ts-morph";
import { castIn } from "../syntax/annotation.ts";
import { type Segment, subjectOf } from "./comment-path.ts";
import { declarationSegment, named } from "./declaration-segment.ts";

/** The part of a path between a node and the one around it. */
export function segmentOf(child: ts.Node, parent: ts.Node): Segment | undefined {
  if (ts.isJSDoc(child)) return commentedSegment(child, parent);
  if (ts.isTypeNode(child) && !ts.isExpressionWithTypeArguments(child)) {
    const inType = typeSegment(child, parent);
    if (inType !== undefined) return inType;
  }
  return declarationSegment(parent, child);
}

function commentedSegment(comment: ts.JSDoc, host: ts.Node): Segment | undefined {
  if (castIn(host) !== undefined) return { text: "/as", kind: "cast" };
  const subject = subjectOf(host);
  if (!ts.isPropertyAccessExpression(subject)) return declarationSegment(subject, comment);
  return { ...named(subject.parent, subject.name, "."), kind: "property" };
}

function typeSegment(child: ts.TypeNode, parent: ts.Node): Segment | undefined {
  if (ts.isArrayTypeNode(parent)) return { text: ".[]", kind: "element" };
  if (ts.isTypeReferenceNode(parent))
    return typeArgumentSegment(child, parent.typeArguments, parent.typeName.getText());
  if (ts.isExpressionWithTypeArguments(parent)) {
    return typeArgumentSegment(child, parent.typeArguments, parent.expression.getText());
  }
  if (ts.isTypeQueryNode(parent)) return typeArgumentSegment(child, parent.typeArguments, parent.exprName.getText());
  if (ts.isTupleTypeNode(parent)) return tupleSegment(child, parent);
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
    const word = ts.isNewExpression(parent) ? "new " : "";
    const name = `${word}${parent.expression.getText()}`;
    return { text: `/${name}.<${parent.typeArguments?.indexOf(child) ?? 0}>`, kind: "type-argument" };
  }
  if (ts.isAsExpression(parent) || ts.isTypeAssertionExpression(parent)) return { text: "/as", kind: "cast" };
  if (ts.isSatisfiesExpression(parent)) return { text: "/satisfies", kind: "cast" };
  if (ts.isTypePredicateNode(parent)) return { text: ".is", kind: "predicate" };
  if (ts.isTypeParameterDeclaration(parent)) {
    return { text: `.<${parent.name.text}>`, kind: parent.default === child ? "type-argument" : "constraint" };
  }
  if (ts.isFunctionTypeNode(parent) || ts.isConstructorTypeNode(parent)) return { text: ".return", kind: "return" };
  return undefined;
}

function tupleSegment(child: ts.Node, tuple: ts.TupleTypeNode): Segment {
  const elements: readonly ts.Node[] = tuple.elements;
  return { text: `.[${elements.indexOf(child)}]`, kind: "tuple-slot" };
}

function typeArgumentSegment(child: ts.TypeNode, all: readonly ts.TypeNode[] | undefined, generic: string): Segment {
  if (generic === "Array" || generic === "ReadonlyArray") return { text: ".[]", kind: "element" };
  return { text: `.<${all?.indexOf(child) ?? 0}>`, kind: "type-argument" };
}

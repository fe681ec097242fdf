import { ts } from "ts-morph";
import type { PositionKind } from "../../graph/graph.ts";
import type { NamedDeclaration } from "../reading/uses.ts";

/** One step on the way from a file to a position. */
export interface Segment {
  readonly text: string;
  readonly kind?: PositionKind;
  readonly owns?: boolean;
  readonly named?: NamedDeclaration | readonly NamedDeclaration[] | undefined;
}

/** The step that a tag of a comment stands for: `@param`, `@returns`, `@property`, `@typedef`. */
export function commentSegment(node: ts.Node): Segment | undefined {
  if (ts.isJSDocParameterTag(node)) return { text: `.(${node.name.getText()})`, kind: "parameter" };
  if (ts.isJSDocReturnTag(node)) return { text: "", kind: "return" };
  if (ts.isJSDocSatisfiesTag(node)) return { text: "/satisfies", kind: "cast" };
  if (ts.isJSDocTemplateTag(node)) return { text: `.<${node.typeParameters[0]?.name.text ?? ""}>`, kind: "constraint" };
  if (ts.isJSDocPropertyTag(node)) {
    const name = node.name.getText();
    return { text: `#${name}`, kind: "property", named: { name, declaration: node } };
  }
  if (!isTypeComment(node)) return undefined;
  const name = node.name?.getText();
  const named = name === undefined ? undefined : { name, declaration: node };
  return { text: `/${name ?? "(type)"}`, kind: "alias", owns: true, named };
}

/** Does the tag declare a type of its own, wherever the comment stands? */
export function isTypeComment(node: ts.Node): node is ts.JSDocTypedefTag | ts.JSDocCallbackTag {
  return ts.isJSDocTypedefTag(node) || ts.isJSDocCallbackTag(node);
}

/** What the comment before a node speaks of: of a statement, what it declares or assigns. */
export function subjectOf(host: ts.Node): ts.Node {
  if (ts.isExpressionStatement(host)) {
    return ts.isBinaryExpression(host.expression) ? functionOr(host.expression.right, host.expression.left) : host;
  }
  if (ts.isVariableStatement(host)) {
    const [declaration] = host.declarationList.declarations;
    return declaration === undefined ? host : functionOr(declaration.initializer, declaration);
  }
  return ts.isPropertyAssignment(host) || ts.isPropertyDeclaration(host) ? functionOr(host.initializer, host) : host;
}

function functionOr(value: ts.Expression | undefined, otherwise: ts.Node): ts.Node {
  return value !== undefined && ts.isFunctionLike(value) ? value : otherwise;
}

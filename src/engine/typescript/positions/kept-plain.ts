import { ts } from "ts-morph";
import type { Mode } from "../../migration.ts";
import type { Visibility } from "../project/references.ts";
import type { BaseType } from "../tagging/occurrences.ts";
import { isTag } from "../tagging/tag.ts";
import { isTextOrKey } from "../types/text-or-key.ts";
import type { KeptPlain } from "./positions.ts";

/** What decides where a brand may stand; `asked` are the declarations of the question, which are branded in any case. */
export interface Placing {
  readonly canImport: Visibility;
  readonly mode: Mode;
  readonly base: BaseType;
  readonly asked: ReadonlySet<ts.Node>;
  readonly checker: ts.TypeChecker;
}

/**
 * What stays plain: where the brand cannot be imported, and, if a brand does not pass as the primitive, what has to be that
 * itself.
 */
export function createKeptPlain({ canImport, mode, base, asked, checker }: Placing): KeptPlain {
  const isPrimitive = (node: ts.Node) => {
    if (mode === "subtype" || base.kind !== "primitive") return false;
    const declaration = declarationOf(node);
    if (declaration === undefined || asked.has(declaration)) return false;
    return isTextOrKey(declaration, checker);
  };
  return (node) => {
    if (!canImport(node.getSourceFile().fileName)) return { beyond: true };
    return isPrimitive(node) ? { primitive: true } : undefined;
  };
}

// Of a type in an annotation what it is the type of, alone or in a union.
function declarationOf(node: ts.Node): ts.Node | undefined {
  const isInside = (each: ts.Node) => ts.isUnionTypeNode(each) || ts.isParenthesizedTypeNode(each) || isTag(each);
  return ts.isTypeNode(node) ? ts.findAncestor(node.parent, (each) => !isInside(each)) : node;
}

import { ts } from "ts-morph";

/** The texts that `typeof x` is compared with: `=== "string"`, `case "string":`. */
export function askedByTypeof({ parent }: ts.TypeOfExpression): readonly string[] {
  if (ts.isSwitchStatement(parent)) {
    return parent.caseBlock.clauses.flatMap((each) => (ts.isCaseClause(each) ? textOf(each.expression) : []));
  }
  return ts.isBinaryExpression(parent) ? [...textOf(parent.left), ...textOf(parent.right)] : [];
}

function textOf(node: ts.Node): readonly string[] {
  return ts.isStringLiteralLike(node) ? [node.text] : [];
}

/** Is this the type that a predicate finds in a value of any: `(x: unknown): x is string`? */
export function isFoundInAnything({ parent: predicate }: ts.Node): boolean {
  if (!ts.isTypePredicateNode(predicate) || !ts.isFunctionLike(predicate.parent)) return false;
  const { parameterName, parent } = predicate;
  const isSubject = ({ name }: ts.ParameterDeclaration | ts.JSDocParameterTag) =>
    ts.isIdentifier(parameterName) && ts.isIdentifier(name) && name.text === parameterName.text;
  const type = parent.parameters.find(isSubject)?.type;
  return type?.kind === ts.SyntaxKind.UnknownKeyword || type?.kind === ts.SyntaxKind.AnyKeyword;
}

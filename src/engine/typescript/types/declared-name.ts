import { ts } from "ts-morph";

/** The name that a type is declared by: of `export default class Doc` the symbol says `default`. */
export function declaredName({ name, declarations = [] }: ts.Symbol): string {
  const names = declarations.map((each) => ts.getNameOfDeclaration(each));
  return names.find((each) => each !== undefined && ts.isIdentifier(each))?.getText() ?? name;
}

import { ts } from "ts-morph";
import { isJavaScript } from "../annotation.ts";
import type { BaseType } from "../occurrences.ts";
import type { Brand } from "./brand.ts";
import { modulePath } from "./imports.ts";
import { namespacesOf } from "./namespaces.ts";

/** A type by its name and where that is declared. */
type Declared = Pick<Brand, "name" | "file" | "namespaces">;

/** How the base is written at a node. */
export function baseAt(base: BaseType, node: ts.Node): string {
  const home = base.kind === "declared" ? base.symbol.declarations?.[0] : undefined;
  if (home === undefined) return base.name;
  return brandAt({ name: base.name, file: home.getSourceFile(), namespaces: namespacesOf(home) }, node);
}

/** How the brand is written at a node: bare, through its namespace, or by an import of its own inside a comment. */
export function brandAt(brand: Declared, node: ts.Node): string {
  const around = namespacesOf(node);
  const isInside = brand.namespaces.every((name, i) => around[i] === name);
  const qualified = [...(isInside ? [] : brand.namespaces), brand.name].join(".");
  const file = node.getSourceFile();
  if (!isJavaScript(node) || file === brand.file || !ts.isExternalModule(brand.file)) return qualified;
  return `import("${modulePath(file, brand.file)}").${qualified}`;
}

/** The identifiers with which a text that names the brand begins: what its file has to know. */
export function rootOf(brand: Brand, text: string): string | undefined {
  const [root = brand.name] = brand.namespaces;
  return new RegExp(`(?<![\\w$.])${root}(?![\\w$])`).test(text) ? root : undefined;
}

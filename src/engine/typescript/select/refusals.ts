import { ts } from "ts-morph";
import type { PositionId } from "../../graph/graph.ts";
import { InputError } from "../../input-error.ts";
import type { Migration } from "../../migration.ts";
import type { Place } from "../../question.ts";
import type { Positions } from "../positions/positions.ts";
import type { BaseType } from "../tagging/occurrences.ts";
import { untagged } from "../tagging/tag.ts";
import { isTypeDeclaration, madeElsewhere, ofAny } from "./base.ts";
import { namelessIn } from "./nameless.ts";
import type { Selection } from "./select.ts";

type PositionsAt = (selection: Selection) => readonly PositionId[];

/** @throws InputError for a source that is a type, or that produces nothing of the base */
export function refuseEmptySources(
  migration: Migration,
  sources: readonly Selection[],
  at: PositionsAt,
  checker: ts.TypeChecker,
): void {
  for (const source of sources) {
    if (ts.isConstructorDeclaration(source.declaration)) {
      throw new InputError(
        `${source.name}: a constructor, which gives its class and nothing else; name a function that makes one, or a parameter: Class.constructor(parameter)`,
      );
    }
    if (
      ts.isTypeNode(source.declaration) ||
      (isTypeDeclaration(source.declaration) && source.annotation === undefined)
    ) {
      throw new InputError(`${source.name}: a type, which produces nothing; name a function, a variable or a property`);
    }
    // `function size` and `namespace size` are one name.
    if (sources.some((each) => each.name === source.name && at(each).length > 0)) continue;
    const type = typeOf(source, migration, checker);
    if (type === "any") throw new InputError(`${source.name}: ${ofAny}`);
    if (source.annotation === undefined && isFunction(source.declaration, checker))
      throw new InputError(`${source.name}: ${madeElsewhere(source.name, type)}`);
    const nameless = source.annotation === undefined ? undefined : namelessIn(source.annotation, checker);
    if (nameless !== undefined) throw new InputError(`${source.name}: ${nameless}`);
    throw new InputError(
      `${source.name}: its type is ${type}, which does not hold ${migration.base ?? "the base type"}; is it branded already? name something else or another --base`,
    );
  }
}

/** @throws InputError when what the source hands out is the brand itself */
export function refuseBrandAsBase({ brand }: Migration, source: Selection, base: BaseType): void {
  const name = brand.split("#").at(-1);
  if (base.kind !== "declared" || base.name !== name) return;
  throw new InputError(
    `${source.name}: it holds ${name} already, so there is nothing left to brand; name another source, or with --base the type that is still plain`,
  );
}

/** @throws InputError for a sink that holds neither the base nor the brand, so that nothing could be wanted of it */
export function refuseEmptySinks(
  migration: Migration,
  sinks: readonly Selection[],
  at: PositionsAt,
  checker: ts.TypeChecker,
): void {
  const brand = migration.brand.split("#").at(-1) ?? "";
  const empty = sinks.find(
    (sink) =>
      at(sink).length === 0 &&
      !typeOf(sink, migration, checker)
        .split(/[^\w$]+/)
        .includes(brand),
  );
  if (empty === undefined) return;
  const [selector] = migration.sinks.filter((each) => each.includes(empty.name));
  throw new InputError(
    `--sink ${selector ?? empty.name}: its type is ${typeOf(empty, migration, checker)}, which does not hold ${migration.base ?? "the base type"}; name a parameter, a property or a variable that does`,
  );
}

/** @throws InputError for a source or a sink in a project that cannot import the brand */
export function refuseBeyond(
  { brand }: Migration,
  selections: readonly Selection[],
  at: PositionsAt,
  { entries }: Positions,
): void {
  const isBeyond = (selection: Selection) => at(selection).some((id) => entries.get(id)?.position.beyond === true);
  const beyond = selections.find(isBeyond);
  if (beyond === undefined) return;
  throw new InputError(
    `${beyond.name}: its project does not reference the one where ${brand} stands, so it cannot import it; declare the brand where both can, and name it with --brand file.ts#Name`,
  );
}

/** @throws InputError for a line that is not there */
export function refuseOutside({ file, line }: Place, source: ts.SourceFile | undefined): void {
  if (source === undefined) return;
  const lines = source.getLineStarts().length - (source.text.endsWith("\n") ? 1 : 0);
  if (line >= 1 && line <= lines) return;
  throw new InputError(`${file} has ${lines} ${lines === 1 ? "line" : "lines"}, and none is ${line}; name one of them`);
}

function typeOf({ annotation, declaration }: Selection, { base = "" }: Migration, checker: ts.TypeChecker): string {
  if (annotation !== undefined) return annotation.getText();
  const signature = ts.isFunctionLike(declaration) ? checker.getSignatureFromDeclaration(declaration) : undefined;
  const type = signature === undefined ? checker.getTypeAtLocation(declaration) : signature.getReturnType();
  return untagged(checker.typeToString(type, declaration), () => base.split("#").at(-1) ?? "");
}

// Where a function that is written here gives something else, its own signature says so.
function isFunction(declaration: ts.Node, checker: ts.TypeChecker): boolean {
  return !ts.isFunctionLike(declaration) && checker.getTypeAtLocation(declaration).getCallSignatures().length > 0;
}

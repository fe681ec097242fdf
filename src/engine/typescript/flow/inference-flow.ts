import { ts } from "ts-morph";
import { originValues } from "../syntax/origins.ts";
import { valuesOf } from "../syntax/values.ts";
import { alternatives, type Leaf, leafOf } from "../tagging/leaves.ts";
import { carrierOf, isInferred, mentionsIn } from "./carrier.ts";
import { connect, sources } from "./ends.ts";
import type { FlowContext, Found } from "./flow-context.ts";
import { origins } from "./inferred-origins.ts";

/** The edges into a declaration that has no annotation, from wherever its inferred type comes. */
export function inferenceFlow(context: FlowContext, declaration: ts.Node, found: Found): void {
  if (!isInferred(declaration)) return;
  const all = mentionsIn(declaration, context.test);
  plainOrigins(
    context,
    declaration,
    all.some(({ leaf }) => leaf.tags.length > 0),
    found,
  );
  for (const mention of all) {
    if (mention.leaf.tags.length === 0) continue;
    const to = context.positions.inferred(declaration, mention.path);
    for (const { from, node, path, isWhole } of origins(context, declaration, mention)) {
      const channel = sharesStorage(node, path, isWhole) ? "alias" : "value";
      const site = context.positions.siteOf(node);
      const edge = {
        from,
        to,
        channel,
        construct: "inference",
        site,
        enforced: true,
        nested: mention.path !== "",
      } as const;
      // `const [id] = await add()`: a name that is taken out of something is no value that could be cast.
      if (from !== to) found.edges.push(node === declaration ? { ...edge, declared: true } : edge);
    }
  }
}

// What is stored into `let page = undefined as Page | undefined` has to fit the assertion; what is put into a new
// container goes no way back to where its first elements are from, `types.map((type) => type.name)`.
function sharesStorage(node: ts.Node, path: string, isWhole: boolean): boolean {
  return isAssertion(node) || (path !== "" && !isWhole && !(isNewContainer(node) && isOneStep(path)));
}

function isNewContainer(node: ts.Node): boolean {
  return ts.isNewExpression(node) && node.typeArguments === undefined;
}

function isOneStep(path: string): boolean {
  return path.lastIndexOf(".") === 0;
}

function isAssertion(node: ts.Node): boolean {
  return ts.isAsExpression(node) || ts.isTypeAssertionExpression(node);
}

// `flag ? "none" : createId()`: what comes from no annotation is a part of the inferred type too. A declaration that
// only holds literals and is never stored into can be branded by nothing but the question.
function plainOrigins(context: FlowContext, declaration: ts.Node, tagged: boolean, found: Found): void {
  if (ts.isBindingElement(declaration) || ts.isParameter(declaration)) return;
  const plain = originValues(declaration)
    .flatMap(valuesOf)
    .filter((value) => isUntagged(context, value));
  const none: Leaf = { tags: [] };
  const carried = plain.some((value) => carrierOf(value, none, context.test) !== undefined);
  if (!tagged && !carried && isConstant(declaration) && !context.sources.has(declaration)) return;
  for (const value of plain) {
    const to = context.positions.inferred(declaration, "");
    const site = context.positions.siteOf(value);
    for (const edge of connect(sources(context, value, none), [to])) {
      found.edges.push({ ...edge, channel: "value", construct: "inference", site, enforced: true, nested: false });
    }
  }
}

function isConstant(declaration: ts.Node): boolean {
  if (ts.isVariableDeclaration(declaration)) return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) !== 0;
  return !ts.isPropertyDeclaration(declaration) && !ts.isFunctionLike(declaration);
}

// Of `UserId | "none"`, what a generic function was inferred to give, a part is.
function isUntagged({ test }: FlowContext, value: ts.Expression): boolean {
  return alternatives(test.checker.getTypeAtLocation(value)).some((type) => leafOf(type, test)?.tags.length === 0);
}

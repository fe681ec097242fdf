import { ts } from "ts-morph";
import { type FlowEdge, siteKey } from "../../../graph/graph.ts";
import type { Planner } from "../planner.ts";
import { printedType } from "../printed-type.ts";
import { absences } from "./absences.ts";
import type { Assertion } from "./cast-text.ts";

/** A spread value with all members that have to be something else there: `...(row as typeof row & { id: UserId })`. */
export function membersAsserted(planner: Planner, edge: FlowEdge, value: ts.Expression, name: string): Assertion {
  const members = membersAt(planner, edge);
  const own = ownType(planner, value);
  const fields = members.map((member) => fieldText(planner, value, member, name)).join("; ");
  if (planner.mode === "subtype") return { type: `${own} & { ${fields} }`, through: [] };
  const names = members.map((member) => JSON.stringify(member)).join(" | ");
  return { type: `Omit<${own}, ${names}> & { ${fields} }`, through: ["unknown"] };
}

// One assertion stands for all that flow from the same place, since the last one alone would count.
function membersAt({ solution: { mints, exits } }: Planner, edge: FlowEdge): readonly string[] {
  const alike = [mints, exits].find((edges) => edges.includes(edge)) ?? [edge];
  const here = alike.filter(({ site }) => siteKey(site) === siteKey(edge.site));
  return [...new Set(here.flatMap(({ member }) => member ?? []))];
}

function ownType(planner: Planner, value: ts.Expression): string {
  if (isEntityName(value)) return `typeof ${value.getText()}`;
  const { checker, collected } = planner;
  return printedType(planner, checker.getTypeAtLocation(value), value, () => collected.base.name);
}

function isEntityName(value: ts.Expression): boolean {
  return ts.isIdentifier(value) || (ts.isPropertyAccessExpression(value) && isEntityName(value.expression));
}

function fieldText({ checker }: Planner, value: ts.Expression, member: string, name: string): string {
  const own = checker.getPropertyOfType(checker.getTypeAtLocation(value), member);
  if (own === undefined) return `${keyText(member)}: ${name}`;
  const isOptional = (own.flags & ts.SymbolFlags.Optional) !== 0;
  const missing = absences(checker.getTypeOfSymbolAtLocation(own, value)).filter(
    (each) => !isOptional || each !== "undefined",
  );
  return `${keyText(member)}${isOptional ? "?" : ""}: ${[name, ...missing].join(" | ")}`;
}

function keyText(member: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(member) ? member : JSON.stringify(member);
}

import { ts } from "ts-morph";
import { type FlowEdge, siteKey } from "../../../graph/graph.ts";
import { symbolOf } from "../../flow/carrier.ts";
import { namesIn } from "../../syntax/names.ts";
import type { Planner } from "../planner.ts";

/** What a constant starts with, and how often it is used. */
export interface Constant {
  readonly initializer: ts.Expression;
  readonly uses: number;
}

/**
 * The constant that a value is, where every use of it would be asserted: then it can start as what is wanted. Undefined
 * for one that says its type or leaves its file, and for any other value.
 */
export function constantBehind(planner: Planner, value: ts.Expression): Constant | undefined {
  if (!ts.isIdentifier(value)) return undefined;
  const symbol = symbolOf(value, planner.checker);
  const declaration = symbol?.valueDeclaration;
  if (symbol === undefined || declaration === undefined || !isPlainConstant(declaration)) return undefined;
  const { initializer } = declaration;
  const file = declaration.getSourceFile();
  if (initializer === undefined || file !== value.getSourceFile()) return undefined;
  const uses = namesIn(file, value.text).filter((use) => {
    return ts.isIdentifier(use) && use !== declaration.name && symbolOf(use, planner.checker) === symbol;
  });
  const sites = assertedSites(planner.solution.mints);
  const isAsserted = (use: ts.Node) => sites.has(siteKey(planner.collected.positions.siteOf(use)));
  return uses.every(isAsserted) ? { initializer, uses: uses.length } : undefined;
}

function isPlainConstant(declaration: ts.Node): declaration is ts.VariableDeclaration {
  if (!ts.isVariableDeclaration(declaration) || declaration.type !== undefined) return false;
  const isExported = (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;
  const isConst = (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;
  return isConst && !isExported && ts.isIdentifier(declaration.name);
}

const known = new WeakMap<readonly FlowEdge[], ReadonlySet<string>>();

function assertedSites(mints: readonly FlowEdge[]): ReadonlySet<string> {
  const isAsserted = ({ enforced, member, construct }: FlowEdge) =>
    enforced && member === undefined && construct !== "cast";
  const sites = known.get(mints) ?? new Set(mints.filter(isAsserted).map(({ site }) => siteKey(site)));
  known.set(mints, sites);
  return sites;
}

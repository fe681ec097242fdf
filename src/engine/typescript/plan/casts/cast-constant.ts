import { ts } from "ts-morph";
import { type FlowEdge, siteKey } from "../../../graph/graph.ts";
import { symbolOf } from "../../flow/carrier.ts";
import { namesIn } from "../../syntax/names.ts";
import { isTarget } from "../../syntax/pattern.ts";
import type { Planner } from "../planner.ts";

/** What a constant starts with, and how often it is used. */
export interface Constant {
  readonly initializer: ts.Expression;
  readonly uses: number;
}

/**
 * The constant that a value is, where every use of it would be asserted: then it can start as what is wanted. So can an
 * object whose members are read beside where a branded value goes as well. Undefined for one that says its type or leaves
 * its file, and for any other value.
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
  const isObject = ts.isObjectLiteralExpression(initializer);
  const isStarted = uses.every((use) => isAsserted(use) || (isObject && isReadAsEither(planner, use)));
  return isStarted ? { initializer, uses: uses.length } : undefined;
}

// `user.id` of `users.set(user.id, user)`: nothing has its type from there, and the brand is taken wherever it goes.
function isReadAsEither(planner: Planner, { parent: read }: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(read) || isTarget(read)) return false;
  return !plainSites(planner).has(siteKey(planner.collected.positions.siteOf(read)));
}

const knownPlain = new WeakMap<Planner["solution"], ReadonlySet<string>>();

// Where what is read has to stay plain, or is what something else is inferred from.
function plainSites({ mode, collected, solution }: Planner): ReadonlySet<string> {
  const isPlain = ({ to, construct, enforced }: FlowEdge) =>
    construct === "inference" || (enforced && mode === "distinct" && !solution.labels.has(to));
  const sites =
    knownPlain.get(solution) ?? new Set(collected.graph.edges.filter(isPlain).map(({ site }) => siteKey(site)));
  knownPlain.set(solution, sites);
  return sites;
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

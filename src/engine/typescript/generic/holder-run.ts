import { ts } from "ts-morph";
import type { FlowGraph, PositionId } from "../../graph/graph.ts";
import { holders } from "../flow/ends.ts";
import type { FlowContext } from "../flow/flow-context.ts";
import { createPositions } from "../positions/positions.ts";
import { loadProject, projectFiles } from "../project/load.ts";
import { collect } from "../reading/collect.ts";
import { typeOfBase } from "../select/base.ts";
import { tagOccurrences } from "../tagging/occurrences.ts";
import { tagsOf } from "../tagging/tag.ts";

/** A type that holds pages, by where it is declared. */
export interface HolderDeclaration {
  readonly name: string;
  /** Absolute. */
  readonly fileName: string;
  readonly start: number;
  readonly end: number;
}

/** The flows of references to a holder, as those of pages. */
export interface HolderRun {
  readonly holder: HolderDeclaration;
  readonly graph: FlowGraph;
  readonly context: FlowContext;
  readonly files: ReadonlyMap<string, ts.SourceFile>;
  /** The references that the value of an expression may come from. */
  referencesOf(expression: ts.Expression): readonly PositionId[];
}

/** Reads the project again, for all references to one holder. Undefined where it is no type that can take a parameter. */
export function readHolder(
  holder: HolderDeclaration,
  project: string,
  workingDirectory: string,
): HolderRun | undefined {
  const loaded = loadProject(project, workingDirectory);
  const checker = loaded.program().getTypeChecker();
  const files = projectFiles(loaded);
  const file = files.find(({ fileName }) => fileName === holder.fileName);
  const declaration = file?.statements.find((each) => each.getStart(file) === holder.start);
  const symbol =
    declaration !== undefined && canTakeParameter(declaration) && declaration.name !== undefined
      ? checker.getSymbolAtLocation(declaration.name)
      : undefined;
  if (symbol === undefined || symbol.declarations?.length !== 1) return undefined;

  const base = { kind: "declared", symbol, name: holder.name } as const;
  const tests = { asked: [], minting: [] };
  const occurrences = tagOccurrences(files, base, checker, { but: [], tests, spelledOut: [] });
  const positions = createPositions({ root: loaded.root, workingDirectory }, occurrences, () => undefined);
  loaded.forget();
  const tagged = loaded.program().getTypeChecker();
  const test = { base, brands: [], checker: tagged, type: typeOfBase(base, tagged) };
  const context: FlowContext = { test, mode: "distinct", positions, occurrences, sources: new Set() };
  const start = files.flatMap((each) => occurrences.within(each).map((node) => positions.writtenAt(node)));
  const { graph } = collect(context, files, start, [], (found) => found.positions.keys());
  return {
    holder,
    graph,
    context,
    files: new Map(files.map((each) => [positions.fileOf(each), each])),
    referencesOf: (expression) => {
      const made = madeAt(graph, context, expression);
      if (made !== undefined) return [made];
      return [...holders(context, expression), ...literalReferences(context, expression)];
    },
  };
}

/** Is it a type declaration to which a type parameter can be added? */
export function canTakeParameter(
  node: ts.Node,
): node is ts.InterfaceDeclaration | ts.ClassDeclaration | ts.TypeAliasDeclaration {
  if (ts.isTypeAliasDeclaration(node)) return node.typeParameters === undefined && ts.isTypeLiteralNode(node.type);
  if (!ts.isInterfaceDeclaration(node) && !ts.isClassDeclaration(node)) return false;
  return node.typeParameters === undefined && node.heritageClauses === undefined;
}

// A literal is an instance of its own, wherever it goes.
function madeAt(graph: FlowGraph, { positions }: FlowContext, expression: ts.Expression): PositionId | undefined {
  if (!ts.isObjectLiteralExpression(expression)) return undefined;
  const id = positions.creation(expression);
  return graph.positions.has(id) ? id : undefined;
}

// What an object literal becomes is what it is wanted as.
function literalReferences(context: FlowContext, expression: ts.Expression): readonly PositionId[] {
  if (!ts.isObjectLiteralExpression(expression)) return [];
  const wanted = context.test.checker.getContextualType(expression);
  const types = wanted === undefined ? [] : wanted.isUnion() ? wanted.types : [wanted];
  return types.flatMap((type) => tagsOf(type).map((tag) => context.positions.written(tag)));
}

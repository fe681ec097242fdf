/** @import { ts } from "ts-morph" */

/**
 * What the compiler knows of a file's imports; its declarations do not say so.
 * @typedef {object} ImportKnowledge
 * @property {readonly ts.StringLiteral[]} [imports]
 * @property {readonly unknown[]} [moduleAugmentations]
 * @property {unknown} [externalModuleIndicator]
 */

/** @typedef {{ readonly resolvedModule?: { readonly resolvedFileName: string } }} Resolution */
/** @typedef {{ getResolvedModuleFromModuleSpecifier?: (specifier: ts.StringLiteral, file: ts.SourceFile) => Resolution | undefined }} Resolver */

/**
 * The files that a change of one can make wrong: itself, those that import it, those that import these, and so on. All
 * files, when it says anything that is seen without an import, or when the compiler does not tell who imports whom.
 * @param {ts.Program} program
 * @param {ts.SourceFile} changed
 * @returns {readonly string[]} the changed one first, then nearest first
 */
export function closestFirst(program, changed) {
  const importers = importersIn(program);
  const found = new Set([changed.fileName]);
  for (const file of found) for (const importer of importers?.get(file) ?? []) found.add(importer);
  const isComplete = importers !== undefined && [...found].every((name) => isClosed(program.getSourceFile(name)));
  if (isComplete) return [...found];
  return [...new Set([...found, ...program.getSourceFiles().map(({ fileName }) => fileName)])];
}

/**
 * Can it be seen by an import alone?
 * @param {(ts.SourceFile & ImportKnowledge) | undefined} file
 */
function isClosed(file) {
  return file?.externalModuleIndicator !== undefined && file.moduleAugmentations?.length === 0;
}

/** @type {WeakMap<ts.Program, ReadonlyMap<string, readonly string[]> | undefined>} */
const known = new WeakMap();

/**
 * @param {ts.Program} program
 */
function importersIn(program) {
  if (!known.has(program)) known.set(program, findImporters(program));
  return known.get(program);
}

/**
 * @param {ts.Program & Resolver} program
 */
function findImporters(program) {
  // An import of a referenced project leads to its output, whose place the source takes later.
  const isReferring = (program.getResolvedProjectReferences()?.length ?? 0) > 0;
  if (program.getResolvedModuleFromModuleSpecifier === undefined || isReferring) return undefined;
  /** @type {Map<string, string[]>} */
  const importers = new Map();
  for (const file of program.getSourceFiles()) {
    for (const specifier of importsOf(file)) {
      const target = program.getResolvedModuleFromModuleSpecifier(specifier, file)?.resolvedModule?.resolvedFileName;
      if (target === undefined) continue;
      const group = importers.get(target);
      if (group === undefined) importers.set(target, [file.fileName]);
      else group.push(file.fileName);
    }
  }
  return importers;
}

/**
 * @param {ts.SourceFile & ImportKnowledge} file
 */
function importsOf(file) {
  return file.imports ?? [];
}

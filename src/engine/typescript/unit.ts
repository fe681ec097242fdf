import { ts } from "ts-morph";

/**
 * The part of a file that is read at once: a top-level statement; of a class or an interface a member, or its head
 * (name, type parameters and heritage), for which the declaration itself stands.
 */
export function unitOf(node: ts.Node): ts.Node {
  let unit = node;
  let member: ts.Node | undefined;
  for (let current = node; !ts.isSourceFile(current); current = current.parent) {
    if (isTop(current)) unit = current;
    if (isTop(current.parent) && isMembered(current.parent)) member = isMember(current) ? current : undefined;
  }
  return isMembered(unit) ? (member ?? unit) : unit;
}

/** The units that stand on a line, counted from 1; none outside the file. */
export function unitsAt(file: ts.SourceFile, line: number): readonly ts.Node[] {
  if (line < 1 || line > file.getLineStarts().length) return [];
  const start = file.getPositionOfLineAndCharacter(line - 1, 0);
  const end = file.getLineEndOfPosition(start);
  const isOnLine = (node: ts.Node) => node.getStart(file) <= end && start <= node.end;
  const within = (node: ts.Node): readonly ts.Node[] => {
    if (ts.isModuleDeclaration(node) && node.body !== undefined && ts.isModuleBlock(node.body)) {
      return node.body.statements.filter(isOnLine).flatMap(within);
    }
    const members: readonly ts.Node[] = isMembered(node) ? node.members.filter(isOnLine) : [];
    return members.length > 0 ? members : [node];
  };
  return file.statements.filter(isOnLine).flatMap(within);
}

/** The nodes of a unit on which reading goes on below it: all but the members of a class or an interface. */
export function partsOf(unit: ts.Node): readonly ts.Node[] {
  const parts: ts.Node[] = [];
  ts.forEachChild(unit, (child) => {
    if (!isMembered(unit) || !isMember(child)) parts.push(child);
  });
  return parts;
}

/** The class or interface that a unit is a member of. */
export function headOf(unit: ts.Node): ts.Node | undefined {
  return isMember(unit) && isMembered(unit.parent) && isTop(unit.parent) ? unit.parent : undefined;
}

function isTop(node: ts.Node): boolean {
  return node.parent !== undefined && (ts.isSourceFile(node.parent) || ts.isModuleBlock(node.parent));
}

function isMembered(node: ts.Node): node is ts.ClassDeclaration | ts.InterfaceDeclaration {
  return ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node);
}

function isMember(node: ts.Node): boolean {
  return ts.isClassElement(node) || ts.isTypeElement(node);
}

export { applyChanges, type Edit, type EditClass, type EditKind, type TextChange } from "./engine/edit.ts";
export type { FlowEdge, FlowGraph, PositionId, Site, TypePosition } from "./engine/graph.ts";
export { InputError } from "./engine/input-error.ts";
export { type Measurement, measure } from "./engine/measure.ts";
export type { Migration, Mode, Release } from "./engine/migration.ts";
export type { MeasureRequest } from "./engine/question.ts";
export type { Report } from "./engine/report.ts";
export { type Label, type Question, type Solution, solve } from "./engine/solve.ts";

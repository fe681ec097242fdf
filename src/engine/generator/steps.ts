import { bind, bodyOf, closeAll, type Draft, fileOf, fillingOf, type Layer, line, top } from "./draft.ts";
import { passes } from "./passes.ts";
import type { Binding, Expectation, Recipe, Step } from "./program.ts";
import { shapes } from "./shapes.ts";
import { type Filling, fill, type Template } from "./template.ts";

/** Writes one step; what does not apply to the value at hand is left out. */
export function take(draft: Draft, step: Step): void {
  draft.ordinal++;
  draft.plain = draft.layers.length > 0 ? draft.plain : plainOf(draft);
  switch (step.kind) {
    case "pass":
      takePass(draft, step);
      break;
    case "wrap":
      takeWrap(draft, step);
      break;
    case "unwrap":
      takeUnwrap(draft, step);
      break;
    case "part":
      takePart(draft, step);
      break;
    case "check":
      takeCheck(draft, step.file);
  }
}

function plainOf({ foundation, ordinal }: Draft): string {
  return foundation.plain[ordinal % foundation.plain.length] ?? "";
}

function takePass(draft: Draft, step: Extract<Step, { kind: "pass" }>): void {
  const template = passes.get(step.template);
  if (template === undefined || !applies(draft, template)) return;
  const filling = fillingOf(draft, draft.type);
  write(draft, template, filling, step.file, step.binding, draft.type);
  if (template.mixes === true) draft.isMixed = true;
  if (step.plainUse && template.body === undefined && template.mixes !== true) usePlain(draft, template, filling);
}

// The same declaration again, with a plain value: what is not generic is mixed from here on.
function usePlain(draft: Draft, template: Template, filling: Filling): void {
  const result = fill(template.result, { ...filling, value: filling.plain });
  if (template.isGeneric !== true || draft.layers.length > 0) {
    line(draft, `void ${result};`);
    if (template.isGeneric === true || !(template.top ?? "").includes("@T")) return;
    draft.meetsPlain = true;
    if (template.isBound !== true) draft.isMixed = true;
    return;
  }
  consumer(draft, 0, `plain${draft.ordinal}`, "base");
  line(draft, `plain${draft.ordinal}(${result});`);
}

function applies(draft: Draft, template: Template): boolean {
  if (template.gap?.within === "container" && draft.layers.length > 0) return false;
  if (template.gap?.within === "mixture" && draft.isMixed) return false;
  if (template.gap?.within === "nullable" && draft.type.endsWith("| undefined")) return false;
  return template.awaits !== true || !draft.type.includes("Promise<");
}

function takeWrap(draft: Draft, step: Extract<Step, { kind: "wrap" }>): void {
  const shape = shapes.find(({ name }) => name === step.shape);
  const template = shape?.wraps[step.choice % shape.wraps.length];
  if (shape === undefined || template === undefined || !applies(draft, template) || draft.layers.length > 2) return;
  const inner: Layer = { shape, type: draft.type, plain: draft.plain };
  const filling = fillingOf(draft, "");
  const type = fill(shape.type, filling);
  if (shape.top !== undefined) top(draft, step.file, fill(shape.top, filling));
  write(draft, template, { ...filling, shape: type }, step.file, step.binding, type);
  draft.plain = fill(shape.plain, filling);
  draft.type = type;
  draft.layers.push(inner);
}

function takeUnwrap(draft: Draft, step: Extract<Step, { kind: "unwrap" }>): void {
  const layer = draft.layers.at(-1);
  const template = layer?.shape.unwraps[step.choice % layer.shape.unwraps.length];
  if (layer === undefined || template === undefined) return;
  const filling = { ...fillingOf(draft, draft.type), type: layer.type, plain: layer.plain };
  write(draft, template, filling, step.file, step.binding, layer.type);
  draft.layers.pop();
  draft.type = layer.type;
  draft.plain = layer.plain;
}

function takePart(draft: Draft, step: Extract<Step, { kind: "part" }>): void {
  const name = `part${draft.ordinal}`;
  line(draft, `await ${name}(${draft.value});`);
  if (step.plainUse) {
    line(draft, `await ${name}(${draft.plain});`);
    draft.isMixed = true;
  }
  closeAll(draft);
  draft.file = fileOf(step.file);
  bodyOf(draft).push(`export async function ${name}(value: ${draft.type}): Promise<void> {`);
  draft.closers.push("}");
  draft.value = "value";
  draft.constructs.push("part");
}

function takeCheck(draft: Draft, file: number): void {
  if (draft.layers.length > 0) return;
  const name = `check${draft.ordinal}`;
  bind(draft, "inferred", draft.type);
  consumer(draft, file, name, "brand");
  line(draft, `${name}(${draft.value});`);
}

/** Declares a function that only takes a value; what it is given decides its label. */
export function consumer(draft: Draft, file: number, name: string, wanted: "base" | "brand"): void {
  const label = wanted === "base" || !draft.isMixed ? wanted : joined(draft.recipe);
  top(draft, file, `export function ${name}(value: ${draft.type}): void {\n  void value;\n}`);
  draft.expectations.push({ position: `${fileOf(file)} ${name}().(value)`, label });
}

// What a distinct brand and plain values join is mixed; a subtype goes no further than there.
function joined({ mode, hasSink }: Recipe): Expectation["label"] {
  return mode === "subtype" && !hasSink ? "unbranded" : "mixed";
}

function write(draft: Draft, template: Template, filling: Filling, file: number, binding: Binding, type: string): void {
  if (filling.value.includes("await ") && (template.body ?? template.result).includes("=>")) {
    bind(draft, "inferred", draft.type);
    filling = { ...filling, value: draft.value };
  }
  if (template.top !== undefined) top(draft, file, fill(template.top, filling));
  if (template.body !== undefined) for (const each of fill(template.body, filling).split("\n")) line(draft, each);
  if (template.close !== undefined) draft.closers.push(template.close);
  draft.value = fill(template.result, filling);
  draft.constructs.push(template.name);
  if (binding !== "inline" || template.isLet === true) bind(draft, binding, type);
}

import { begin, bind, closeAll, type Draft, line } from "./draft.ts";
import { baseText, withImports } from "./imports.ts";
import type { Program, Recipe } from "./program.ts";
import { consumer, take } from "./steps.ts";

/** Writes a program: a producer, the steps its value goes through, and a consumer at the end. */
export function writeProgram(recipe: Recipe): Program {
  const draft = begin(recipe);
  for (const step of recipe.steps) take(draft, step);
  while (draft.layers.length > 0) take(draft, { kind: "unwrap", choice: 0, binding: "inline", file: 0 });
  return finish(draft);
}

function finish(draft: Draft): Program {
  draft.ordinal++;
  const { recipe, foundation } = draft;
  bind(draft, "inferred", draft.type);
  consumer(draft, 0, "end", "brand");
  line(draft, `end(${draft.value});`);
  if (recipe.hasRelease) line(draft, `${foundation.release}(${draft.value});`);
  closeAll(draft);
  const sinks = recipe.hasSink ? ["use.ts#end(value)"] : [];
  const { releases, ...question } = foundation.question;
  return {
    texts: new Map([["base.ts", baseText(draft)], ...withImports(draft)]),
    question: { base: undefined, ...question, mode: recipe.mode, sinks, releases: recipe.hasRelease ? releases : [] },
    expectations: draft.expectations,
    isMixed: draft.isMixed || draft.meetsPlain,
    constructs: draft.constructs,
  };
}

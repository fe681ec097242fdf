import { expect, test } from "vitest";
import { type KindNode, type KindSystem, solveKinds } from "./kind-flows.ts";

const inner: KindNode = { owner: undefined, way: "inner", isPassed: false };
const parameter = (owner: string): KindNode => ({ owner, way: "in", isPassed: true });
const stored = (owner: string): KindNode => ({ owner, way: "out", isPassed: true });
const returned = (owner: string): KindNode => ({ owner, way: "out", isPassed: false });

function system(parts: Partial<KindSystem> & { readonly nodes: ReadonlyMap<string, KindNode> }): KindSystem {
  return { into: [], seeds: [], instances: [], ...parts };
}

test("what flows in at one call comes out at that call alone", () => {
  const answer = solveKinds(
    system({
      nodes: new Map([
        ["same(page)", parameter("same")],
        ["same()", returned("same")],
        ...["a", "b", "a page", "b page"].map((name) => [name, inner] as const),
      ]),
      into: [["same(page)", "same()"]],
      seeds: [
        ["a page", "brand"],
        ["b page", "plain"],
      ],
      instances: [
        { at: "a page", of: "same(page)", site: "a" },
        { at: "a", of: "same()", site: "a" },
        { at: "b page", of: "same(page)", site: "b" },
        { at: "b", of: "same()", site: "b" },
      ],
    }),
  );
  expect(["a", "b"].map(answer.kindOf)).toEqual(["brand", "plain"]);
  expect(answer.parameters.get("same")).toMatchObject([{ isPassed: true }]);
});

test("what a function makes itself is of that kind wherever it is called", () => {
  const answer = solveKinds(
    system({
      nodes: new Map([
        ["fill(bio)", parameter("fill")],
        ["fill(bio) (stored)", stored("fill")],
        ["a", inner],
        ["a (stored)", inner],
      ]),
      into: [
        ["fill(bio) (stored)", "fill(bio)"],
        ["a (stored)", "a"],
      ],
      seeds: [["fill(bio) (stored)", "plain"]],
      instances: [
        { at: "a", of: "fill(bio)", site: "a" },
        { at: "a (stored)", of: "fill(bio) (stored)", site: "a" },
      ],
    }),
  );
  expect(answer.kindOf("a")).toBe("plain");
  expect(answer.parameters.size).toBe(0);
});

test("a function that keeps nothing and hands nothing back takes a union, without a type parameter", () => {
  const answer = solveKinds(
    system({
      nodes: new Map([
        ["read(page)", parameter("read")],
        ["a", inner],
        ["b", inner],
      ]),
      seeds: [
        ["a", "brand"],
        ["b", "plain"],
      ],
      instances: [
        { at: "a", of: "read(page)", site: "a" },
        { at: "b", of: "read(page)", site: "b" },
      ],
    }),
  );
  expect(answer.kindOf("read(page)")).toBe("mixed");
  expect(answer.parameters.size).toBe(0);
});

test("what is kept outside of functions is of every kind that arrives there, and so is what is taken from it", () => {
  const answer = solveKinds(
    system({
      nodes: new Map([
        ["put(bio)", parameter("put")],
        ["take()", returned("take")],
        ["queue", inner],
        ["a", inner],
        ["b", inner],
        ["taken", inner],
      ]),
      into: [
        ["put(bio)", "queue"],
        ["queue", "take()"],
      ],
      seeds: [
        ["a", "brand"],
        ["b", "plain"],
      ],
      instances: [
        { at: "a", of: "put(bio)", site: "a" },
        { at: "b", of: "put(bio)", site: "b" },
        { at: "taken", of: "take()", site: "taken" },
      ],
    }),
  );
  expect(["queue", "taken", "take()"].map(answer.kindOf)).toEqual(["mixed", "mixed", "mixed"]);
  expect(answer.parameters.size).toBe(0);
});

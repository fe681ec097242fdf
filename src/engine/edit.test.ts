import fc from "fast-check";
import { expect, test } from "vitest";
import { applyChanges, byFile, type TextChange } from "./edit.ts";

test("changes apply to the text as it was, in whatever order they come", () => {
  const changes = [
    { start: 8, end: 12, text: "put_user_page" },
    { start: 0, end: 4, text: "UserPage" },
  ];
  expect(applyChanges("Page -> take", changes)).toBe("UserPage -> put_user_page");
});

test("insertions at one offset keep their order, and stand before a replacement that starts there", () => {
  const changes = [
    { start: 2, end: 3, text: "C" },
    { start: 2, end: 2, text: "1" },
    { start: 2, end: 2, text: "2" },
  ];
  expect(applyChanges("abcd", changes)).toBe("ab12Cd");
});

test("changes that only touch are no overlap", () => {
  const changes = [
    { start: 0, end: 2, text: "x" },
    { start: 2, end: 4, text: "y" },
    { start: 4, end: 4, text: "!" },
  ];
  expect(applyChanges("abcd", changes)).toBe("xy!");
});

test.each([
  [
    "an overlap",
    [
      [0, 3],
      [2, 4],
    ],
  ],
  [
    "one inside another",
    [
      [0, 4],
      [1, 2],
    ],
  ],
  [
    "the same range twice",
    [
      [1, 2],
      [1, 2],
    ],
  ],
  [
    "an insertion inside a replacement",
    [
      [0, 3],
      [1, 1],
    ],
  ],
  ["an end before its start", [[3, 1]]],
  ["an end behind the text", [[2, 5]]],
  ["a start before the text", [[-1, 1]]],
])("%s is rejected as a whole", (_, ranges) => {
  const changes = ranges.map(([start = 0, end = 0]) => ({ start, end, text: "" }));
  expect(() => applyChanges("abcd", changes)).toThrow("overlaps");
});

test("agrees with one replacement after the other, from the end of the text", () => {
  fc.assert(
    fc.property(textWithChanges, fc.infiniteStream(fc.nat()), ({ text, changes }, numbers) => {
      expect(applyChanges(text, shuffled(changes, numbers))).toBe(oneByOne(text, changes));
    }),
  );
});

test("grouping by file keeps every item, in order", () => {
  const items = ["a.ts 1", "b.ts 2", "a.ts 3"].map((name) => ({ file: name.slice(0, 4), name }));
  expect([...byFile(items)].map(([file, group]) => [file, group.map(({ name }) => name)])).toEqual([
    ["a.ts", ["a.ts 1", "a.ts 3"]],
    ["b.ts", ["b.ts 2"]],
  ]);
});

// Cut at sorted offsets, every second piece is replaced: no two changes overlap, and no two start at one offset.
const textWithChanges = fc
  .record({
    text: fc.string({ maxLength: 30 }),
    cuts: fc.uniqueArray(fc.nat({ max: 30 })),
    texts: fc.array(fc.string()),
  })
  .map(({ text, cuts, texts }) => {
    const offsets = cuts.filter((offset) => offset <= text.length).sort((a, b) => a - b);
    const changes: TextChange[] = [];
    for (let i = 0; i + 1 < offsets.length; i += 2) {
      changes.push({ start: offsets[i] ?? 0, end: offsets[i + 1] ?? 0, text: texts[i] ?? "" });
    }
    return { text, changes };
  });

function shuffled(changes: readonly TextChange[], numbers: Iterable<number>): readonly TextChange[] {
  const keys = numbers[Symbol.iterator]();
  return changes
    .map((change) => ({ change, key: Number(keys.next().value) }))
    .sort((a, b) => a.key - b.key)
    .map(({ change }) => change);
}

function oneByOne(text: string, changes: readonly TextChange[]): string {
  return [...changes]
    .reverse()
    .reduce((left, { start, end, text: made }) => left.slice(0, start) + made + left.slice(end), text);
}

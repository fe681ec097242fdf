import { expect, test } from "vitest";
import { sampleReport } from "./fixtures/sample-report.ts";
import { markdownOf, markdownReport } from "./markdown.ts";

test("the Markdown report has the content of the text report, in tables", () => {
  const lines = markdownReport(sampleReport).split("\n");
  expect(lines[0]).toBe("# mm/gup.ts\\#get\\_user\\_pages -\\> UserPage");
  expect(lines).toContain("## the path from the source to the last release");
  expect(lines).toContain("| 2 | call-argument | `end_io().(page)` | `block/bio.ts:9` |");
  expect(lines).toContain("| annotation | 3 | 3 | 0 | 0 | 0 |");
});

test("a table's cell cannot end its row, its code span or its line", () => {
  const rows = [["a|b`c\n<script>"]];
  expect(markdownOf([{ kind: "table", columns: [{ title: "name", holds: "name" }], rows }])).toBe(
    "| name |\n| --- |\n| ``a\\|b`c\\u{a}<script>`` |\n",
  );
});

test("prose is literal: no markup, no HTML, no mention", () => {
  expect(markdownOf([{ kind: "paragraph", text: "<b>*x*</b> & @name [a](b)\u001b" }])).toBe(
    "\\<b\\>\\*x\\*\\</b\\> &amp; &#64;name \\[a\\](b)\\\\u\\{1b\\}\n",
  );
});

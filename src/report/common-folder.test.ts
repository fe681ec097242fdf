import { expect, test } from "vitest";
import { commonFolder } from "./common-folder.ts";

test("the common folder ends at a slash, never inside a name", () => {
  expect(commonFolder(["src/a/x.ts", "src/a/y/z.ts"])).toBe("src/a/");
  expect(commonFolder(["src/ab/x.ts", "src/a/x.ts"])).toBe("src/");
  expect(commonFolder(["../a/x.ts", "../b.ts"])).toBe("../");
  expect(commonFolder(["/a.ts", "/b/c.ts"])).toBe("/");
  expect(commonFolder(["a.ts", "src/a.ts"])).toBe("");
  expect(commonFolder([])).toBe("");
});

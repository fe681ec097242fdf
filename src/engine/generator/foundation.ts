import type { Migration } from "../migration.ts";
import type { Recipe } from "./program.ts";

/** What every program of a kind of base starts with, and the names in it. */
export interface Foundation {
  readonly type: string;
  readonly text: string;
  /** The source, with a type that is written or inferred. */
  readonly source: Readonly<Record<"written" | "inferred", string>>;
  readonly produce: string;
  readonly plain: readonly string[];
  readonly release: string;
  readonly question: Pick<Migration, "brand" | "sources" | "releases"> & { readonly base?: string };
}

const support = "export declare function flag(): boolean;\nexport declare function owner(): object;\n";

/** The two kinds of base: an object type of the project, and a primitive. */
export const foundations = {
  object: {
    type: "Page",
    text: `export interface Page {
  readonly pfn: number;
}
export declare function alloc_page(): Page;
export declare function put_page(page: Page): void;
export declare function put_user_page(page: Page): void;
${support}`,
    source: {
      written: "export declare function get_user_page(address: number): Page;\n",
      inferred:
        "declare function fault(address: number): Page;\nexport const get_user_page = (address: number) => fault(address);\n",
    },
    produce: "get_user_page(0)",
    plain: ["alloc_page()"],
    release: "put_page",
    question: {
      brand: "UserPage",
      sources: ["base.ts#get_user_page"],
      releases: [{ plain: "base.ts#put_page", branded: "base.ts#put_user_page" }],
    },
  },
  primitive: {
    type: "string",
    text: `export declare function nameOf(): string;
export declare function forget(name: string): void;
export declare function forgetId(id: string): void;
${support}`,
    source: {
      written: "export declare function createId(): string;\n",
      inferred: 'let last = 0;\nexport function createId() {\n  return "id" + last++;\n}\n',
    },
    produce: "createId()",
    plain: ["nameOf()", '"plain"'],
    release: "forget",
    question: {
      base: "string",
      brand: "UserId",
      sources: ["base.ts#createId"],
      releases: [{ plain: "base.ts#forget", branded: "base.ts#forgetId" }],
    },
  },
} as const satisfies Record<Recipe["base"], Foundation>;

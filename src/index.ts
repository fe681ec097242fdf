export * from "./user-page/index.ts";

import { programTests } from "./program-tests.ts";

programTests("distinct");

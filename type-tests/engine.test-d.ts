import { expectAssignable, expectError, expectNotAssignable, expectType } from "tsd";
import {
  applyChanges,
  type Edit,
  type InputError,
  type Measurement,
  type Migration,
  measure,
  type PositionId,
  type Report,
} from "userpage";

const migration: Migration = {
  base: undefined,
  brand: "UserId",
  mode: "subtype",
  sources: ["src/ids.ts#createId"],
  sinks: [],
  releases: [{ plain: "release", branded: "releaseBranded" }],
};

const measurement = measure({ project: ".", migration, workingDirectory: "/", verify: "sufficient" });
expectType<Measurement>(measurement);
expectType<1>(measurement.report.schemaVersion);
expectType<Report>(measurement.report);
expectAssignable<readonly Edit[]>(measurement.report.conversions);

// The mode and the depth of verification are closed sets.
expectError<Migration>({ ...migration, mode: "nominal" }); // TS2322
expectError(measure({ project: ".", migration, workingDirectory: "/", verify: true })); // TS2322

// An edit is a text change; a position id is minted by the engine alone.
expectType<string>(applyChanges("text", measurement.report.edits));
expectError(applyChanges("text", [{ start: 0, end: "1", text: "" }])); // TS2322
expectAssignable<string>({} as PositionId);
expectNotAssignable<PositionId>("block/bio.ts Bio#bi_io_vec.[]");
expectAssignable<Error>({} as InputError);

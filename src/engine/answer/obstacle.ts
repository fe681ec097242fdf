/** Why a brand stops or weakens. A closed set: a new kind does not compile without words. */
export type ObstacleKind =
  | "mixed"
  | "mixed-release"
  | "erased"
  | "recovered"
  | "external-declaration"
  | "unreferenced"
  | "operator"
  | "comparison"
  | "generated"
  | "unenforced";

/** What each kind means, and what to do about it. */
export const obstacleText = {
  mixed: "also receives plain values, so its type cannot be the brand alone",
  "mixed-release": "released here without knowing its kind; tell the kinds apart, this call keeps the plain release",
  erased: "the compiler stops following the value here; check by hand where it comes out again",
  recovered: "comes back from where the compiler could not follow it; check by hand what it is",
  "external-declaration": "declared outside the project, so the value leaves as a plain one through a cast",
  unreferenced:
    "declared in a project that does not reference the brand's and so cannot name it; declare the brand where both can import it",
  operator: "used as only the plain primitive can be, so the brand ends here",
  comparison: "compared with a plain value, which it can never equal as far as the compiler knows",
  generated: "edited in a file that a tool writes; change the generator too, or its next run undoes the edit",
  unenforced: "no flow that the compiler checks brings it here; nothing would complain if it were forgotten",
} as const satisfies Record<ObstacleKind, string>;

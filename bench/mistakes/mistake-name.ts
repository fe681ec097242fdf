import type { ReleasePlace } from "../../src/engine/mistakes/mistake.ts";
import type { JudgedMutant } from "../../src/engine/mistakes/mistake-matrix.ts";

/**
 * Names mistakes without lines, which move: `mm/swap.ts release_pages() put_page() second-release`, and with `#2` where
 * the function calls the same release again.
 */
export function mistakeName(places: readonly ReleasePlace[]): (mutant: Pick<JudgedMutant, "kind" | "place">) => string {
  const counts = new Map<string, number>();
  const names = new Map(
    places.map((place) => {
      const name = `${place.file.replace(/^src\/kernel\//, "")} ${place.owner}() ${place.name}()`;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return [`${place.file} ${place.start}`, count === 1 ? name : `${name} #${count}`] as const;
    }),
  );
  return ({ kind, place }) => `${names.get(`${place.file} ${place.start}`)} ${kind}`;
}

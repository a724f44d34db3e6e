/** Formats "did you mean" suggestions for names on the command line. */
import { suggest } from "../compiler/core/suggest.ts";

/** `did you mean a or b?`, or nothing where no candidate is near. */
export function nearest(
  name: string,
  candidates: readonly string[],
  show: (candidate: string) => string = (candidate) => candidate,
): string | undefined {
  const near = suggest(name, candidates);
  return near.length > 0 ? `did you mean ${near.map(show).join(" or ")}?` : undefined;
}

/** Owns looking up marks by path: of a part itself, and whether anything in it is marked. */
import type { Mark, Marks } from "./picture.ts";

export interface MarkIndex {
  readonly isEmpty: boolean;
  /** The part's own mark; a part that only holds marked ones has changed. */
  markOf(path: string): Mark | null;
  /** Marks at the path and below, as a text that is equal for parts marked alike. */
  describe(path: string): string;
}

export function createMarkIndex(marks: Marks): MarkIndex {
  const holders = new Set<string>();
  for (const path of marks.keys()) {
    for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
      holders.add(path.slice(0, dot));
    }
  }
  return {
    isEmpty: marks.size === 0,
    markOf: (path) => marks.get(path) ?? (holders.has(path) ? "changed" : null),
    describe: (path) => {
      if (!marks.has(path) && !holders.has(path)) return "";
      const inside = [...marks].filter(([one]) => one === path || one.startsWith(`${path}.`));
      return JSON.stringify(inside.map(([one, mark]) => [one.slice(path.length), mark]));
    },
  };
}

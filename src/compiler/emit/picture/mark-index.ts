/** Looks up marks by path: of a part itself, and of anything inside it. */
import type { Mark, Marks } from "./picture.ts";

export interface MarkIndex {
  /** The part's own mark; a part that only holds marked ones has changed. */
  markOf(path: string): Mark | null;
  /** Marks at the path and below, as a text that is equal for parts marked alike. */
  describe(path: string): string;
}

export function createMarkIndex(marks: Marks): MarkIndex {
  const inside = new Map<string, string[]>();
  const add = (holder: string, path: string, mark: Mark): void => {
    const texts = inside.get(holder) ?? [];
    texts.push(`${path.slice(holder.length)}=${mark}`);
    inside.set(holder, texts);
  };
  for (const [path, mark] of marks) {
    add(path, path, mark);
    for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
      add(path.slice(0, dot), path, mark);
    }
  }
  return {
    markOf: (path) => marks.get(path) ?? (inside.has(path) ? "changed" : null),
    describe: (path) => inside.get(path)?.toSorted().join(" ") ?? "",
  };
}

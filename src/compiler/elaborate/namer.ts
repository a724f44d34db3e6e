/** Assigns path segments inside one named scope: `conv`, `conv_1`, … and the author's labels. */

import type { Span } from "../core/span.ts";

export interface Namer {
  /** The next free name made from `base`: the first is `base` itself, then `base_1`, `base_2`, … */
  next(base: string, span?: Span): string;
  /** Takes a label; `false` when something in this scope already has the name. */
  claim(label: string, span: Span): boolean;
  /** What has the name, where that is known: a label, or the step that is called so. */
  spanOf(name: string): Span | undefined;
}

export function createNamer(): Namer {
  const used = new Map<string, Span | undefined>();
  const counts = new Map<string, number>();
  return {
    next: (base, span) => {
      for (;;) {
        const count = counts.get(base) ?? 0;
        counts.set(base, count + 1);
        const name = count === 0 ? base : `${base}_${count}`;
        if (used.has(name)) continue;
        used.set(name, span);
        return name;
      }
    },
    claim: (label, span) => {
      if (used.has(label)) return false;
      used.set(label, span);
      return true;
    },
    spanOf: (name) => used.get(name),
  };
}

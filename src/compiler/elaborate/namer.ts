/** Assigns path segments inside one named scope: `conv`, `conv_1`, … and the author's labels. */

export interface Namer {
  /** The next free name made from `base`: the first is `base` itself, then `base_1`, `base_2`, … */
  next(base: string): string;
  /** Takes a label; `false` when something in this scope already has the name. */
  claim(label: string): boolean;
}

export function createNamer(): Namer {
  const used = new Set<string>();
  const counts = new Map<string, number>();
  return {
    next: (base) => {
      for (;;) {
        const count = counts.get(base) ?? 0;
        counts.set(base, count + 1);
        const name = count === 0 ? base : `${base}_${count}`;
        if (used.has(name)) continue;
        used.add(name);
        return name;
      }
    },
    claim: (label) => {
      if (used.has(label)) return false;
      used.add(label);
      return true;
    },
  };
}

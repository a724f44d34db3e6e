/** Measures how long each step of a command took, for `--stats`. */
import type { Printer } from "./printer.ts";

export interface Laps {
  /** Ends a step: what passed since the last one ended counts for `step`. */
  end(step: string): void;
  /** Prints a line a step, in milliseconds. */
  print(printer: Printer): void;
}

/** Asking the clock would load it. */
const NO_LAPS: Laps = { end: () => {}, print: () => {} };

/** Measures where `stats` asks for it. The first lap began when the process did; it holds starting Node and loading inceptc. */
export function startLaps({ stats }: { readonly stats?: true }): Laps {
  if (!stats) return NO_LAPS;
  const durations = new Map<string, number>();
  let last = 0;
  const end = (step: string): void => {
    const now = performance.now();
    durations.set(step, (durations.get(step) ?? 0) + now - last);
    last = now;
  };
  end("start");
  return {
    end,
    print: ({ line, style }) => {
      const rows = [...durations, ["total", last] as const];
      const width = Math.max(...rows.map(([step]) => step.length));
      for (const [step, duration] of rows) {
        line(style.faint(`${step.padEnd(width)} ${duration.toFixed(1).padStart(9)} ms`));
      }
    },
  };
}

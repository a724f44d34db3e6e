/** Measures medians of runs that alternate between the candidates, so that load on the machine affects all alike. */
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "..");

/** Something to time, by the name it has in the table. */
export type Runs = Readonly<Record<string, () => void | Promise<void>>>;

/** The median of each in milliseconds: all run once in turn, `rounds` times, after `warmUp` rounds that do not count. */
export async function timeInTurn<Names extends Runs>(
  runs: Names,
  { rounds, warmUp = 0 }: { readonly rounds: number; readonly warmUp?: number },
): Promise<Readonly<Record<keyof Names, number>>> {
  const times = new Map<string, number[]>(Object.keys(runs).map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const [name, run] of Object.entries(runs)) {
      const start = performance.now();
      await run();
      if (round >= 0) times.get(name)?.push(performance.now() - start);
    }
  }
  const medians = [...times].map(([name, own]) => [name, median(own)] as const);
  return Object.fromEntries(medians) as Record<keyof Names, number>;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Runs Node from the root of the repository; throws where it does not exit with one of `exitCodes`. */
export function runNode(args: readonly string[], exitCodes: readonly number[] = [0]): void {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  if (status === null || !exitCodes.includes(status)) {
    throw new Error(`node ${args.join(" ")} ended with ${status}:\n${stderr}`);
  }
}

/** What a script of this folder prints as JSON, in a process of its own. */
export function measureApart<Measured>(script: string, args: readonly string[]): Measured {
  const path = join(import.meta.dirname, script);
  const options = { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 30 } as const;
  return JSON.parse(execFileSync(process.execPath, [path, ...args], options)) as Measured;
}

export function formatMs(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 10 ? 2 : 0)} ms`;
}

/** How many times as long: `2.31x`. */
export function formatRatio(time: number, base: number): string {
  return `${(time / base).toFixed(2)}x`;
}

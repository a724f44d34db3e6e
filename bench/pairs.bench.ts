/** Measures comparisons of large networks with few differences, many differences, and nothing in common. */
import { analyze, type CheckedArchitecture, compareNetworks } from "../src/compiler/index.ts";
import { formatMs } from "./measure.ts";
import type { Section } from "./section.ts";

const LAYERS = 10_000;

export const pairs: Section = {
  title: `Comparisons of two networks of ${LAYERS.toLocaleString("en-US")} layers`,
  columns: ["head, beside base", "time", "findings", "notes"],
  rows: async () => {
    const filters = Array.from({ length: LAYERS }, (_, index) => 1 + ((index * 7919) % 997));
    const base = networkOf(filters);
    const heads: Readonly<Record<string, readonly number[]>> = {
      "the same": filters,
      "a layer inserted after each hundred": filters.flatMap((count, index) =>
        index % 100 === 0 ? [count, 1000] : [count],
      ),
      "every other layer has other filters": filters.map((count, index) =>
        index % 2 === 0 ? count : count + 1000,
      ),
      "in the opposite order": filters.toReversed(),
      "no filters in common": filters.map((count) => count + 1000),
    };
    return Object.entries(heads).map(([name, list]) => {
      const head = networkOf(list);
      const start = performance.now();
      const { diff } = compareNetworks(base, head);
      const time = performance.now() - start;
      return [name, formatMs(time), String(diff.findings.length), String(diff.notes.length)];
    });
  },
};

function networkOf(filters: readonly number[]): CheckedArchitecture {
  const statements = filters.map((count) => `  conv 1x1 ${count}`).join("\n");
  const { checked } = analyze(`network Long {\n  input 8x8x3\n${statements}\n}\n`);
  const [network] = checked();
  if (network === undefined) throw new Error("the network has errors");
  return network;
}

/** Measures how long the command line takes to reject inputs made to overload it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatMs, runNode } from "./measure.ts";
import type { Section } from "./section.ts";

const network = (body: string): string => `network N {\n  input 8x8x3\n  ${body}\n}\n`;

const FILES: Readonly<Record<string, () => string>> = {
  "1,000,000,000 x conv": () => network("1000000000 x conv 1x1 8"),
  "brackets 100,000 deep": () =>
    network(`${"{ ".repeat(100_000)}conv 1x1 8${" }".repeat(100_000)}`),
  "10 MB of brackets": () => "{".repeat(10_000_000),
  "a line of 5 MB": () => network(`conv 1x1 8 // ${"x".repeat(5_000_000)}`),
  "modules that double 60 times": () =>
    [
      "module M0 {\n  conv 1x1 8\n}",
      ...Array.from({ length: 60 }, (_, i) => `module M${i + 1} {\n  M${i} -> M${i}\n}`),
      network("M60"),
    ].join("\n"),
  "NUL bytes": () => "\0".repeat(100_000),
};

export const hostile: Section = {
  title: "Hostile files: `inceptc check`, from start to refusal",
  columns: ["file", "time"],
  rows: async () => {
    const folder = mkdtempSync(join(tmpdir(), "inceptc-bench-"));
    try {
      return Object.entries(FILES).map(([name, text]) => {
        const path = join(folder, "hostile.incept");
        writeFileSync(path, text());
        const start = performance.now();
        runNode(["dist/cli.mjs", "check", path], [1, 3]);
        return [name, formatMs(performance.now() - start)];
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

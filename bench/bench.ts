/**
 * Entry point of `npm run bench`: prints all tables, or the ones named as arguments (`npm run bench -- start scale`).
 */
import { type Alignment, renderTable } from "../src/cli/render-table.ts";
import { hostile } from "./hostile.bench.ts";
import { model } from "./model.bench.ts";
import { pairs } from "./pairs.bench.ts";
import { recheck } from "./recheck.bench.ts";
import { scale } from "./scale.bench.ts";
import type { Section } from "./section.ts";
import { start } from "./start.bench.ts";

const SECTIONS: Readonly<Record<string, Section>> = {
  start,
  recheck,
  scale,
  pairs,
  hostile,
  model,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(SECTIONS, name));
if (unknown.length > 0) {
  console.error(
    `no such table: ${unknown.join(", ")}; there are ${Object.keys(SECTIONS).join(", ")}`,
  );
  process.exit(2);
}
for (const [name, { title, columns, rows }] of Object.entries(SECTIONS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`${name}: ${title}\n`);
  const alignments = columns.map((_, index): Alignment => (index === 0 ? "left" : "right"));
  for (const line of renderTable([columns, ...(await rows())], alignments))
    console.log(`  ${line}`);
  console.log();
}

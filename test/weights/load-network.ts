/** Networks of the bundled specifications and the names beside them, for the tests of weights. */
import { readFileSync } from "node:fs";
import { analyze } from "../../src/compiler/index.ts";
import type { LayerGraph } from "../../src/compiler/ir/layer-graph.ts";
import { lower } from "../../src/compiler/lower/lower.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { type Naming, parseNamings } from "../../src/weights/names/naming.ts";

/** `file` is that of `specs/`, without its extension. */
export function lowerNetwork(file: string, network: string): LayerGraph {
  const host = createNodeHost({ cwd: process.cwd(), root: process.cwd() });
  const [checked] = analyze({ path: `specs/${file}.incept`, host }, { network }).checked();
  if (checked === undefined) throw new Error(`${file} has no ${network}`);
  return lower(checked.root);
}

export function loadNaming(file: string, name: string): Naming {
  const path = `specs/${file}.names.json`;
  const naming = parseNamings(path, readFileSync(path, "utf8")).find((one) => one.name === name);
  if (naming === undefined) throw new Error(`${path} has no ${name}`);
  return naming;
}

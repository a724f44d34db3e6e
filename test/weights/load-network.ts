/** Networks of the bundled specifications and the names beside them, for the tests of weights. */
import { readFileSync } from "node:fs";
import type { LayerGraph } from "../../src/compiler/ir/layer-graph.ts";
import { lower } from "../../src/compiler/lower/lower.ts";
import { type Naming, parseNamings } from "../../src/weights/names/naming.ts";
import { checkedSpec } from "../support/checked-networks.ts";

/** `file` is that of `specs/`, without its extension. */
export function lowerNetwork(file: string, network: string): LayerGraph {
  return lower(checkedSpec(`specs/${file}.incept`, network).root);
}

export function loadNaming(file: string, name: string): Naming {
  const path = `specs/${file}.names.json`;
  const naming = parseNamings(path, readFileSync(path, "utf8")).find((one) => one.name === name);
  if (naming === undefined) throw new Error(`${path} has no ${name}`);
  return naming;
}

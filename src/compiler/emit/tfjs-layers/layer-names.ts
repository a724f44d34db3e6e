/** Finds the names of a network's outputs and reports two layers with the same name. */
import type { Span } from "../../core/span.ts";
import type { Report } from "../../diagnostics/outcome.ts";
import type { ShapedNode } from "../../ir/shaped.ts";
import { walk } from "../../ir/walk.ts";
import { INPUT_NAME, layerNamesOf, outputLayerOf } from "../../ops/layer-names.ts";

export interface OutputNames {
  /** The layer whose output is the network's. */
  readonly main: string;
  /** Paths of auxiliary outputs, in order. */
  readonly aux: readonly string[];
}

/** Finds the names of the outputs; reports two layers of one name, which tfjs would refuse. */
export function nameOutputs(root: ShapedNode, report: Report): OutputNames {
  const places = new Map<string, Span>([[INPUT_NAME, root.node.span]]);
  const aux: string[] = [];
  walk(root, (shaped, path) => {
    const { node } = shaped;
    if (node.kind === "aux") aux.push(path);
    for (const name of layerNamesOf(shaped, path)) {
      const first = places.get(name);
      places.set(name, first ?? node.span);
      if (!first) continue;
      const related = [{ span: first, message: "the other layer of this name" }];
      report("emit/duplicate-layer-name", node.span, { name }, { related });
    }
    return true;
  });
  return { main: outputLayerOf(root, root.node.name) ?? INPUT_NAME, aux };
}

/** The names of a network's outputs; reports two layers of one name, which tfjs would refuse. */
import { compareSpans, type Span } from "../../core/span.ts";
import type { Report } from "../../diagnostics/outcome.ts";
import type { LayerGraph } from "../../ir/layer-graph.ts";

export interface OutputNames {
  /** The layer whose output is the network's. */
  readonly main: string;
  /** Paths of auxiliary outputs, in order. */
  readonly aux: readonly string[];
}

/** `graph` is the one that was rewritten for tf.layers. */
export function nameOutputs({ layers, outputs }: LayerGraph, report: Report): OutputNames {
  const places = new Map<string, Span>();
  for (const { path, span } of layers) {
    const known = places.get(path);
    places.set(path, known ?? span);
    if (!known) continue;
    const [first, second] = compareSpans(known, span) <= 0 ? [known, span] : [span, known];
    const related = [{ span: first, message: "the other layer of this name" }];
    report("emit/duplicate-layer-name", second, { name: path }, { related });
  }
  const [main = "", ...aux] = outputs.map((id) => layers[id]?.path ?? "");
  return { main, aux };
}

/** Lowers one network of a source to its layer graph, for those who read layers and weights and not blocks. */
import { analyze } from "./compile.ts";
import type { CheckResult, CompilerOptions } from "./compiler-options.ts";
import type { SourceInput } from "./host.ts";
import type { LayerGraph } from "./ir/layer-graph.ts";
import { lower } from "./lower/lower.ts";

export interface LayersResult extends CheckResult {
  /** Absent where there are errors, or no network. */
  readonly lowered?: { readonly network: string; readonly graph: LayerGraph };
}

/** The layers of the named network, or of the file's first. */
export function layers(input: SourceInput, options: CompilerOptions = {}): LayersResult {
  const { diagnostics, networks, checked } = analyze(input, options, "first");
  const [only] = checked();
  if (!only) return { diagnostics, networks };
  return {
    diagnostics,
    networks,
    lowered: { network: only.architecture.name, graph: lower(only.root) },
  };
}

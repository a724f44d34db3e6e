/** Writes a tensor as the layers without weights that it is made by, and the layers with weights that those read. */
import { type Layer, type LayerGraph, passesInputOn } from "../../ir/layer-graph.ts";

/** How deep a tensor is written out. */
const MOST_DEPTH = 3;
const MOST_INPUTS = 4;

/** `add(stem.conv, relu(a.conv))`. */
export function describeTensor(graph: LayerGraph, id: number, depth = MOST_DEPTH): string {
  const layer = graph.layers[id];
  if (!layer) return "";
  const { path, inputs, tensors } = layer;
  if (tensors.length > 0 || inputs.length === 0) return path;
  const [only = 0] = inputs;
  if (passesInputOn(layer)) return describeTensor(graph, only, depth);
  const word = wordOf(layer);
  if (depth === 0) return `${word}(…)`;
  const shown = inputs
    .slice(0, MOST_INPUTS)
    .map((input) => describeTensor(graph, input, depth - 1));
  return `${word}(${[...shown, ...(inputs.length > MOST_INPUTS ? ["…"] : [])].join(", ")})`;
}

function wordOf(layer: Layer): string {
  switch (layer.kind) {
    case "activation":
      return layer.attributes.act;
    case "slice":
      return `part ${layer.attributes.part + 1} of ${layer.attributes.parts}`;
    default:
      return layer.kind;
  }
}

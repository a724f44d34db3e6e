/** Rewrites a layer graph so that tf.layers can run it: what it lacks is replaced, what it gets wrong is worked around. */
import { assert } from "../../core/assert.ts";
import type { Layer, LayerGraph } from "../../ir/layer-graph.ts";
import { joinPath } from "../../ir/walk.ts";
import { replaceForTfLayers } from "./replace-layer.ts";

/** The layers of generated models, by name and in an order that they can be made in. */
export function legalizeForTfLayers({ layers, outputs }: LayerGraph): LayerGraph {
  const legal: Layer[] = [];
  /** By id in `layers`: the id of the layer that gives its output now. */
  const ids: number[] = [];
  const add = (layer: Omit<Layer, "id">): number => {
    // Only the id is set anew: kind and attributes stay together.
    return legal.push({ ...layer, id: legal.length } as Layer) - 1;
  };

  for (const layer of layers) {
    const inputs = withCopies(
      layer,
      layer.inputs.map((input) => idOf(ids, input)),
      legal,
      add,
    );
    const [first] = layer.inputs;
    const read = first === undefined ? undefined : layers[first];
    const replacements = read && replaceForTfLayers(layer, read.shape);
    if (!replacements) {
      ids.push(add({ ...layer, inputs }));
      continue;
    }
    const start = legal.length;
    for (const { name, ...template } of replacements) {
      add({
        ...template,
        path: joinPath(layer.path, name),
        inputs: template.inputs.map((input) =>
          input < 0 ? idOf(inputs, -1 - input) : start + input,
        ),
        block: layer.block,
        span: layer.span,
      } as Omit<Layer, "id">);
    }
    ids.push(legal.length - 1);
  }
  return { layers: legal, outputs: outputs.map((output) => idOf(ids, output)) };
}

/**
 * The inputs of a layer, each tensor once: tf.layers frees a tensor that one layer reads twice before its other readers have
 * had it, so that all but the first reading get a copy.
 */
function withCopies(
  { block, span }: Layer,
  inputs: readonly number[],
  legal: readonly Layer[],
  add: (layer: Omit<Layer, "id">) => number,
): readonly number[] {
  if (new Set(inputs).size === inputs.length) return inputs;
  let count = 0;
  return inputs.map((input, index) => {
    if (inputs.indexOf(input) === index) return input;
    const name = count === 0 ? "copy" : `copy_${count}`;
    count++;
    return add({
      kind: "copy",
      attributes: {},
      path: joinPath(block, name),
      inputs: [input],
      shape: legal[input]?.shape ?? [],
      tensors: [],
      options: {},
      block,
      span,
    });
  });
}

function idOf(ids: readonly number[], index: number): number {
  const id = ids[index];
  assert(id !== undefined, "a layer reads what came before it");
  return id;
}

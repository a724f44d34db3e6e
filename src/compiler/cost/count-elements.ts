/**
 * Counts the elements of the tensors that the layers of one node make when tf.layers runs them; what only hands its input on,
 * such as dropout, makes none.
 */
import { assert } from "../core/assert.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { ownLayers } from "../lower/own-layers.ts";
import { outputElements } from "../lower/tf-layers/layer-memory.ts";
import { replaceForTfLayers } from "../lower/tf-layers/replace-layer.ts";

/** Without the layers of the node's children. */
export function countElements(shaped: ShapedNode): number {
  const layers = ownLayers(shaped);
  return layers.reduce((all, layer) => {
    const [first = -1] = layer.inputs;
    const input = first < 0 ? shaped.input : layers[first]?.shape;
    assert(input, "a layer reads one before it");
    const run = replaceForTfLayers(layer, input) ?? [layer];
    return all + run.reduce((sum, one) => sum + outputElements(one), 0);
  }, 0);
}

/** Whether the node is a layer of its own: an operator, also one that hands its input on, or a join. */
export function isLayer(shaped: ShapedNode): boolean {
  return shaped.node.kind === "operator" || countElements(shaped) > 0;
}

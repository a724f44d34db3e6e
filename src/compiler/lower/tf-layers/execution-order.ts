/** The order in which a model of tf.layers 4.22 runs its layers when it predicts. */
import { assert } from "../../core/assert.ts";
import type { Layer, LayerGraph } from "../../ir/layer-graph.ts";

/**
 * The algorithm of tfjs-layers' executor (`getTopologicalSortAndRecipientCounts`): from each output depth first, the last
 * input of a layer before the others, and the outputs one after the other. Equal graphs run in equal order.
 */
export function executionOrder({ layers, outputs }: LayerGraph): readonly Layer[] {
  const order: Layer[] = [];
  const isDone = new Uint8Array(layers.length);
  const isWaiting = new Uint8Array(layers.length);
  for (const output of outputs) {
    const stack = [output];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const layer = layers[id];
      assert(layer, "an id of the graph has a layer");
      if (isDone[id] || isWaiting[id] || layer.inputs.length === 0) {
        stack.pop();
        if (!isDone[id]) order.push(layer);
        isDone[id] = 1;
        continue;
      }
      // Its turn comes when all that it reads has run.
      isWaiting[id] = 1;
      for (const input of layer.inputs) if (!isDone[input]) stack.push(input);
    }
  }
  return order;
}

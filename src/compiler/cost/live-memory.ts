/**
 * The peak of memory that a forward pass needs for activations: the tensors that are alive at once while a model of tf.layers
 * runs. A tensor is freed when the last layer that reads it has run; the input and the outputs stay; what a layer makes for
 * itself is freed when it ends.
 */
import { assert } from "../core/assert.ts";
import type { LayerGraph } from "../ir/layer-graph.ts";
import { executionOrder } from "../lower/tf-layers/execution-order.ts";
import { outputElements, workingElements } from "../lower/tf-layers/layer-memory.ts";
import { legalizeForTfLayers } from "../lower/tf-layers/legalize.ts";

/** Bytes that one number takes. */
export const BYTES_PER_ELEMENT = { float32: 4, float16: 2, int8: 1 } as const;

export type ElementType = keyof typeof BYTES_PER_ELEMENT;

export interface MemoryOptions {
  /** Pictures that run together. Default 1. */
  readonly batch?: number;
  /** Default `float32`. */
  readonly elementType?: ElementType;
}

/** Bytes alive at once at most, the input among them; of a graph that was not yet rewritten for tf.layers. */
export function measurePeakBytes(
  graph: LayerGraph,
  { batch = 1, elementType = "float32" }: MemoryOptions = {},
): number {
  return peakElements(legalizeForTfLayers(graph)) * batch * BYTES_PER_ELEMENT[elementType];
}

function peakElements(graph: LayerGraph): number {
  const { layers, outputs } = graph;
  const order = executionOrder(graph);
  /** By layer: the layer that made the numbers which its output has. */
  const owners = new Int32Array(layers.length);
  /** By owner: when the last layer that reads its numbers runs. */
  const lastRead = new Float64Array(layers.length);
  order.forEach(({ id, inputs }, time) => {
    const layer = layers[id];
    assert(layer, "an id of the graph has a layer");
    const [first = id] = inputs;
    owners[id] = inputs.length > 0 && outputElements(layer) === 0 ? (owners[first] ?? id) : id;
    // A tensor that nothing reads is gone as soon as it is made.
    lastRead[id] = time;
    for (const input of inputs) lastRead[owners[input] ?? input] = time;
    lastRead[owners[id] ?? id] = time;
  });
  for (const stays of [0, ...outputs]) lastRead[owners[stays] ?? stays] = Number.POSITIVE_INFINITY;

  const freed = new Map<number, number>();
  for (const layer of order) {
    const time = lastRead[layer.id] ?? 0;
    if (owners[layer.id] === layer.id)
      freed.set(time, (freed.get(time) ?? 0) + outputElements(layer));
  }
  let alive = 0;
  let peak = 0;
  order.forEach((layer, time) => {
    const [first] = layer.inputs;
    const read = first === undefined ? undefined : layers[first];
    alive += outputElements(layer);
    peak = Math.max(peak, alive + (read ? workingElements(layer, read.shape) : 0));
    alive -= freed.get(time) ?? 0;
  });
  return peak;
}

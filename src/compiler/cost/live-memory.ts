/**
 * Simulates a forward pass to find the largest number of bytes alive at once, for a given batch size and element type.
 *
 * Layers run as tf.layers runs them: depth first, the last branch of a join before the others, the body of a residual
 * before its shortcut, an auxiliary head last. A tensor is freed when the last layer that reads it has run; the input
 * and the outputs stay alive; what a layer allocates for itself is freed when it ends. Memory that a backend needs
 * inside a kernel is not counted, and neither are the weights.
 */
import { unreachable } from "../core/assert.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { knownElements } from "../ops/feature-map.ts";
import { type LayerTensor, layerTensors } from "./layer-tensors.ts";

/** Bytes that one number takes. */
export const BYTES_PER_ELEMENT = { float32: 4, float16: 2, int8: 1 } as const;

export type ElementType = keyof typeof BYTES_PER_ELEMENT;

export interface MemoryOptions {
  /** Pictures that run together. Default 1. */
  readonly batch?: number;
  /** Default `float32`. */
  readonly elementType?: ElementType;
}

/** Bytes alive at once at most, the input among them. Every shape in the tree must be known. */
export function measurePeakBytes(
  root: ShapedNode,
  { batch = 1, elementType = "float32" }: MemoryOptions = {},
): number {
  return peakElements(scheduleLayers(root)) * batch * BYTES_PER_ELEMENT[elementType];
}

/** Tensors in the order in which they are made; each is made by the layer of the same index, the first is the input. */
interface Schedule {
  readonly sizes: readonly number[];
  /** What the layer of each tensor makes for itself. */
  readonly workings: readonly number[];
  /** The last layer that reads each tensor; `Infinity` for those that stay. */
  readonly lastReaders: readonly number[];
}

function scheduleLayers(root: ShapedNode): Schedule {
  const sizes = [knownElements(root.input)];
  const workings = [0];
  const lastReaders = [Number.POSITIVE_INFINITY];
  const heads: (() => void)[] = [];
  const known = new Map<ShapedNode, readonly LayerTensor[]>();

  const run = ({ size, working }: LayerTensor, read: readonly number[]): number => {
    const made = sizes.push(size) - 1;
    workings.push(working);
    // A tensor that nothing reads is freed as soon as it is made.
    lastReaders.push(made);
    for (const tensor of read) {
      lastReaders[tensor] = Math.max(lastReaders[tensor] ?? 0, made);
    }
    return made;
  };
  const stay = (tensor: number): void => {
    lastReaders[tensor] = Number.POSITIVE_INFINITY;
  };
  const tensorsOf = (shaped: ShapedNode): readonly LayerTensor[] => {
    const tensors = known.get(shaped) ?? layerTensors(shaped);
    known.set(shaped, tensors);
    return tensors;
  };

  /** Runs layers one after the other. */
  const runChain = (layers: readonly LayerTensor[], input: number): number => {
    const made = [input];
    for (const layer of layers) {
      const before = made.at(-1) ?? input;
      const further = layer.readsBack === undefined ? undefined : made.at(-layer.readsBack);
      made.push(run(layer, further === undefined ? [before] : [before, further]));
    }
    return made.at(-1) ?? input;
  };

  /** Runs a node on a tensor, and gives the tensor that comes out. */
  const enter = (shaped: ShapedNode, input: number): number => {
    const { node, children } = shaped;
    const [first] = children;
    switch (node.kind) {
      case "operator":
        return runChain(tensorsOf(shaped), input);
      case "sequence":
      case "factor":
      case "repeat":
      case "call":
      case "hole":
        return children.reduce((before, child) => enter(child, before), input);
      case "concat":
      case "sum": {
        const results = children.toReversed().map((branch) => enter(branch, input));
        return tensorsOf(shaped).reduce((_, layer) => run(layer, results), results[0] ?? input);
      }
      case "residual": {
        const [body, shortcut] = children;
        const result = body ? enter(body, input) : input;
        const other = shortcut ? enter(shortcut, input) : input;
        // The addition comes last, and before it the scale, if there is one.
        const tensors = tensorsOf(shaped);
        const scaled = runChain(tensors.slice(0, -1), result);
        return tensors.slice(-1).reduce((_, layer) => run(layer, [other, scaled]), scaled);
      }
      case "scale_by": {
        const gate = first ? enter(first, input) : input;
        return tensorsOf(shaped).reduce((_, layer) => run(layer, [input, gate]), input);
      }
      case "aux": {
        if (first) heads.push(() => stay(enter(first, input)));
        return input;
      }
      default:
        return unreachable(node);
    }
  };

  stay(enter(root, 0));
  for (const runHead of heads) runHead();
  return { sizes, workings, lastReaders };
}

function peakElements({ sizes, workings, lastReaders }: Schedule): number {
  const freed = new Map<number, number>();
  sizes.forEach((size, tensor) => {
    const reader = lastReaders[tensor] ?? tensor;
    freed.set(reader, (freed.get(reader) ?? 0) + size);
  });
  let alive = 0;
  let peak = 0;
  sizes.forEach((size, layer) => {
    alive += size;
    peak = Math.max(peak, alive + (workings[layer] ?? 0));
    alive -= freed.get(layer) ?? 0;
  });
  return peak;
}

/**
 * Computes weights that any program can reproduce, as scripts/reference/reference_weights.py does: each number is a hash
 * of its layer's position in the order of computation, of its kind, and of its index.
 */
import * as tf from "@tensorflow/tfjs";
import type { CheckedArchitecture, ShapedNode } from "../../src/compiler/index.ts";
import { isKernel, type LayerTensor } from "../../src/compiler/ir/layer-graph.ts";
import { childPath, joinPath } from "../../src/compiler/ir/walk.ts";
import { ownLayers } from "../../src/compiler/lower/own-layers.ts";

const KINDS: Readonly<Record<string, number>> = {
  kernel: 0,
  depthwise_kernel: 0,
  pointwise_kernel: 0,
  bias: 1,
  gamma: 2,
  beta: 3,
  moving_mean: 4,
  moving_variance: 5,
};

const PICTURE = 999_999;

/** Numbers from -0.5 up to 0.5. */
function noise(ordinal: number, count: number, map: (value: number) => number): Float32Array {
  const values = new Float32Array(count);
  const salt = Math.imul(ordinal, 0x9e3779b1);
  for (let index = 0; index < count; index++) {
    let hash = Math.imul(index ^ salt, 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
    values[index] = map((hash >>> 0) / 2 ** 32 - 0.5);
  }
  return values;
}

function weightValues(place: number, { name, shape }: LayerTensor, gain: number): Float32Array {
  const count = shape.reduce((all, side) => all * side, 1);
  const ordinal = place * 8 + (KINDS[name] ?? 0);
  if (name.endsWith("kernel")) {
    const inputs = name === "depthwise_kernel" ? shape.slice(0, 2) : shape.slice(0, -1);
    const fanIn = inputs.reduce((all, side) => all * side, 1);
    return noise(ordinal, count, (value) => value * Math.sqrt(24 / fanIn) * gain);
  }
  const isAroundOne = name === "gamma" || name === "moving_variance";
  return noise(ordinal, count, (value) => (isAroundOne ? 1 + 0.4 * value : 0.2 * value));
}

/** A batch of one of numbers from -1 up to 1, times `scale`. */
export function referencePicture(shape: readonly number[], scale = 1): tf.Tensor {
  const count = shape.reduce((all, side) => all * side, 1);
  return tf.tensor(
    noise(PICTURE, count, (value) => 2 * value * scale),
    [1, ...shape],
  );
}

/**
 * Gives every layer its weights; `shortcutFirst` for references that compute a shortcut before the body, `gain` as a factor
 * on the kernels.
 */
export function setReferenceWeights(
  model: tf.LayersModel,
  { root }: CheckedArchitecture,
  shortcutFirst: boolean,
  gain = 1,
): void {
  let place = -1;
  const visit = (shaped: ShapedNode, path: string): void => {
    const { node, children } = shaped;
    if (node.kind === "operator") {
      for (const layer of ownLayers(shaped)) {
        if (layer.tensors.length === 0) continue;
        const tensors = layer.tensors.map((definition) => {
          if (isKernel(definition)) place++;
          return tf.tensor(weightValues(place, definition, gain), [...definition.shape]);
        });
        model.getLayer(joinPath(path, layer.name)).setWeights(tensors);
        tf.dispose(tensors);
      }
    }
    const order = children.map((child, index) => ({ child, index }));
    if (node.kind === "residual" && shortcutFirst) order.reverse();
    for (const { child, index } of order) visit(child, childPath(node, path, child.node, index));
  };
  visit(root, root.node.name);
}

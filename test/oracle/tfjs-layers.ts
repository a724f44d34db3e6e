/** Builds an operator from real tf.layers, to test the compiler against them. */
import * as tf from "@tensorflow/tfjs";
import type { OperatorNode } from "../../src/compiler/ir/architecture.ts";
import type { Norm, Padding } from "../../src/compiler/ir/attributes.ts";
import type { TailAttributes } from "../../src/compiler/ops/layer-tail.ts";
import { isUseOf } from "../../src/compiler/ops/operator.ts";
import { operators } from "../../src/compiler/ops/registry.ts";
import { pair } from "../../src/compiler/ops/window.ts";

/** What a model of one operator gives and has. */
export interface LayerFacts {
  /** Without the batch. */
  readonly shape: readonly number[];
  readonly trainable: number;
  readonly nonTrainable: number;
}

/** Builds the operator as a model, runs it on zeros, and tells what came out. */
export function runLayers(node: OperatorNode, input: readonly number[]): LayerFacts {
  const groups = isUseOf(node, operators.conv) ? node.attributes.groups : 1;
  // tf.layers has no grouped convolution: each group is one of its own, on its share of the channels.
  const part = [...input.slice(0, -1), (input.at(-1) ?? 0) / groups];
  return tf.tidy(() => {
    const inputs = Array.from({ length: groups }, () => tf.input({ shape: part }));
    const model = tf.model({ inputs, outputs: applyOperator(node, inputs) });
    const output = model.predict(inputs.map(() => tf.zeros([1, ...part])));
    if (Array.isArray(output)) throw new Error("one operator has one output");
    const facts = {
      shape: (dilatedDepthwise(node, part) ?? output).shape.slice(1),
      trainable: sizeOf(model.trainableWeights),
      nonTrainable: sizeOf(model.nonTrainableWeights),
    };
    model.dispose();
    return facts;
  });
}

/** tf.layers.depthwiseConv2d takes a dilation and does not pass it on (tfjs 4.22); the operation that it wraps knows it. */
function dilatedDepthwise(node: OperatorNode, input: readonly number[]): tf.Tensor | undefined {
  if (!isUseOf(node, operators.dwconv) || Math.max(...node.attributes.dilation) === 1) {
    return undefined;
  }
  const { kernel, stride, pad, mult, dilation } = node.attributes;
  const [height = 1, width = 1, channels = 1] = input;
  return tf.depthwiseConv2d(
    tf.zeros<tf.Rank.R4>([1, height, width, channels]),
    tf.zeros<tf.Rank.R4>([...sides(kernel), channels, mult]),
    sides(stride),
    ruleOf(pad),
    "NHWC",
    sides(dilation),
  );
}

function sizeOf(weights: readonly { readonly shape: tf.Shape }[]): number {
  return weights.reduce(
    (all, { shape }) => all + shape.reduce<number>((size, side) => size * (side ?? 0), 1),
    0,
  );
}

type Layer = tf.layers.Layer;

/** The output of the operator with its normalization and activation. */
function applyOperator(
  node: OperatorNode,
  inputs: readonly tf.SymbolicTensor[],
): tf.SymbolicTensor {
  if (isUseOf(node, operators.conv)) {
    const { kernel, filters, stride, pad, dilation, groups, bias } = node.attributes;
    const parts = inputs.map((input) =>
      apply(
        tf.layers.conv2d({
          filters: filters / groups,
          kernelSize: sides(kernel),
          strides: sides(stride),
          padding: ruleOf(pad),
          dilationRate: sides(dilation),
          useBias: bias,
        }),
        input,
      ),
    );
    const [only] = parts;
    const joined =
      only && parts.length === 1 ? only : apply(tf.layers.concatenate({ axis: -1 }), parts);
    return withTail(node.attributes, joined);
  }
  const [input] = inputs;
  if (!input) throw new Error("an operator has an input");
  const layer = layerOf(node, input.shape.length - 1);
  return hasTail(node.attributes)
    ? withTail(node.attributes, apply(layer, input))
    : apply(layer, input);
}

function layerOf(node: OperatorNode, rank: number): Layer {
  if (isUseOf(node, operators.project)) {
    const { filters, bias } = node.attributes;
    return tf.layers.conv2d({ filters, kernelSize: 1, useBias: bias });
  }
  if (isUseOf(node, operators.dwconv)) {
    const { kernel, stride, pad, mult, dilation, bias } = node.attributes;
    return tf.layers.depthwiseConv2d({
      kernelSize: sides(kernel),
      strides: sides(stride),
      padding: ruleOf(pad),
      depthMultiplier: mult,
      dilationRate: sides(dilation),
      useBias: bias,
    });
  }
  if (isUseOf(node, operators.sepconv)) {
    const { kernel, filters, stride, pad, mult, dilation, bias } = node.attributes;
    return tf.layers.separableConv2d({
      filters,
      kernelSize: sides(kernel),
      strides: sides(stride),
      padding: ruleOf(pad),
      depthMultiplier: mult,
      dilationRate: sides(dilation),
      useBias: bias,
    });
  }
  if (isUseOf(node, operators.deconv)) {
    const { kernel, filters, stride, pad, bias } = node.attributes;
    return tf.layers.conv2dTranspose({
      filters,
      kernelSize: sides(kernel),
      strides: sides(stride),
      padding: ruleOf(pad),
      useBias: bias,
    });
  }
  if (isUseOf(node, operators.dense)) {
    const { units, bias } = node.attributes;
    return tf.layers.dense({ units, useBias: bias });
  }
  if (isUseOf(node, operators.maxpool) || isUseOf(node, operators.avgpool)) {
    const { kernel, stride, pad } = node.attributes;
    const pool = { poolSize: sides(kernel ?? []), strides: sides(stride), padding: ruleOf(pad) };
    return node.operator === "maxpool"
      ? tf.layers.maxPooling2d(pool)
      : tf.layers.averagePooling2d(pool);
  }
  if (isUseOf(node, operators.batchnorm))
    return normalization({ kind: "batch", ...node.attributes });
  if (isUseOf(node, operators.layernorm)) {
    return normalization({ kind: "layer", ...node.attributes });
  }
  if (isUseOf(node, operators.pad)) {
    const [rows, columns] = pair(node.attributes.size);
    return tf.layers.zeroPadding2d({
      padding: [
        [rows, rows],
        [columns, columns],
      ],
    });
  }
  if (isUseOf(node, operators.upsample)) {
    const { factor, interpolation } = node.attributes;
    if (factor === null || (interpolation !== "nearest" && interpolation !== "bilinear")) {
      throw new Error("tf.layers enlarges by a factor, and not by half pixels or to corners");
    }
    return tf.layers.upSampling2d({ size: [factor, factor], interpolation });
  }
  if (isUseOf(node, operators.dropout)) return tf.layers.dropout(node.attributes);
  switch (node.operator) {
    case "globalavgpool":
      return tf.layers.globalAveragePooling2d({});
    case "globalmaxpool":
      return tf.layers.globalMaxPooling2d({});
    case "flatten":
      return tf.layers.flatten();
    case "prelu":
      return tf.layers.prelu(rank === 3 ? { sharedAxes: [1, 2] } : {});
    case "relu":
    case "relu6":
    case "elu":
    case "sigmoid":
    case "tanh":
    case "softmax":
      return tf.layers.activation({ activation: node.operator });
    default:
      throw new Error(`no layer for ${node.operator}`);
  }
}

function ruleOf(pad: Padding): "same" | "valid" {
  if (typeof pad !== "string") throw new Error("tf.layers pads by a rule alone");
  return pad;
}

function hasTail(attributes: object): attributes is TailAttributes {
  return "norm" in attributes && "act" in attributes;
}

function withTail({ norm, act }: TailAttributes, x: tf.SymbolicTensor): tf.SymbolicTensor {
  if (norm?.kind === "group") throw new Error("tf.layers has no group normalization");
  const normalized = norm === null ? x : apply(normalization(norm), x);
  return act === "relu" ? apply(tf.layers.reLU(), normalized) : normalized;
}

function normalization(norm: Exclude<Norm, { kind: "group" }>): Layer {
  const numbers = { epsilon: norm.eps, scale: norm.gamma, center: norm.beta };
  return norm.kind === "batch"
    ? tf.layers.batchNormalization({ ...numbers, momentum: norm.momentum })
    : tf.layers.layerNormalization({ ...numbers, axis: -1 });
}

function apply(layer: Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]): tf.SymbolicTensor {
  const result = layer.apply(x);
  if (Array.isArray(result) || result instanceof tf.Tensor) {
    throw new Error("a layer gives one symbolic tensor");
  }
  return result;
}

function sides(size: readonly number[]): [number, number] {
  const [height, width] = pair(size);
  return [height, width];
}

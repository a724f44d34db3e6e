/**
 * Attributes, weights and counts of what follows the products of a convolution or dense layer: bias, norm, activation.
 */
import type { ActivationName, BatchNorm } from "../ir/attributes.ts";
import { activationCounts } from "./activation.ts";
import { batchNormCounts, batchNormWeights } from "./batch-norm-layer.ts";
import type { AttributeDefinition, Flag, WeightDefinition } from "./operator.ts";
import { type Primitives, sumPrimitives } from "./primitives.ts";

/** The order of computation is products, bias, norm, activation. */
export type TailAttributes = {
  readonly norm: BatchNorm | null;
  readonly act: ActivationName | null;
  /** Of `leaky_relu` alone. */
  readonly slope: number;
  readonly bias: boolean;
};

/** The attributes of a tail; `bias` comes last because its default depends on `norm`. */
export function tailAttributes(defaults: {
  readonly norm: "batch" | null;
  readonly act: ActivationName | null;
}): { readonly [Name in keyof TailAttributes]: AttributeDefinition } {
  return {
    norm: {
      type: "norm",
      doc: "Normalization after the layer: `batch` with the current `batchnorm` defaults, or `none`.",
      alsoCalled: ["normalization", "batch_norm", "bn"],
      default: defaults.norm,
    },
    act: {
      type: "act",
      doc: "Activation after the normalization, or `none`.",
      alsoCalled: ["activation", "nonlinearity"],
      default: defaults.act,
    },
    slope: {
      type: "float",
      doc: "Slope of `act=leaky_relu` below zero.",
      default: DEFAULT_SLOPE,
      min: 0,
    },
    bias: {
      type: "bool",
      doc: "Whether a bias is added; by default if and only if there is no normalization.",
      alsoCalled: ["use_bias"],
      default: (given) => given.norm === null || given.norm === undefined,
    },
  };
}

/** Keras' LeakyReLU uses 0.3 by default. */
const DEFAULT_SLOPE = 0.3;

/** The flags of every operator with a tail. */
export const TAIL_FLAGS: {
  readonly linear: Flag<"act">;
  readonly bias: Flag<"bias">;
} = {
  linear: { attribute: "act", value: null },
  bias: { attribute: "bias", value: true },
};

/** Bias and normalization tensors of a layer with `channels` outputs. */
export function tailWeights(
  tail: Pick<TailAttributes, "norm" | "bias">,
  channels: number,
): readonly WeightDefinition[] {
  return [
    ...(tail.bias
      ? [{ layer: "", name: "bias", shape: [channels], trainable: true } as const]
      : []),
    ...(tail.norm === null ? [] : batchNormWeights(tail.norm, channels, "batchnorm")),
  ];
}

/** Counts of the tail; the bias is counted by the layer itself, since convolutions and dense layers differ in it. */
export function tailCounts(
  tail: Pick<TailAttributes, "norm" | "act">,
  elements: number,
  channels: number,
): Partial<Primitives> {
  return sumPrimitives([
    tail.norm === null ? {} : batchNormCounts(elements, channels),
    tail.act === null ? {} : activationCounts(tail.act, elements),
  ]);
}

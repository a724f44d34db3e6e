/**
 * Attributes, weights and counts of what follows the products of a convolution or dense layer: bias, norm, activation.
 */
import type { ActivationName, BatchNorm } from "../ir/attributes.ts";
import type { Shape } from "../ir/dimension.ts";
import type { InitialValue, LayerTensor } from "../ir/layer-graph.ts";
import { activationCounts } from "./activation.ts";
import { addBatchNorm, batchNormCounts } from "./batch-norm-layer.ts";
import { initialValueBefore } from "./initial-value.ts";
import { channelTensor, type LayerBuilder } from "./layer-builder.ts";
import type { AttributeDefinition, Flag } from "./operator.ts";
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
      change: "norm",
    },
    act: {
      type: "act",
      doc: "Activation after the normalization, or `none`.",
      alsoCalled: ["activation", "nonlinearity"],
      default: defaults.act,
      change: "activation",
    },
    slope: {
      type: "float",
      doc: "Slope of `act=leaky_relu` below zero.",
      default: DEFAULT_SLOPE,
      min: 0,
      change: "numerics",
      appliesWhen: ({ act }) => act === "leaky_relu",
    },
    bias: {
      type: "bool",
      doc: "Whether a bias is added; by default if and only if there is no normalization.",
      alsoCalled: ["use_bias"],
      default: (given) => given.norm === null || given.norm === undefined,
      change: "bias",
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

/** The bias of a layer with `channels` outputs, if it has one. */
export function biasTensors(
  tail: Pick<TailAttributes, "bias">,
  channels: number,
): readonly LayerTensor[] {
  return tail.bias ? [channelTensor("bias", channels, "zeros")] : [];
}

/** The distribution that the kernels before the tail start from. */
export function initialKernel(tail: Pick<TailAttributes, "act">): InitialValue {
  return initialValueBefore(tail.act);
}

/** Adds normalization and activation as layers of their own. */
export function addTail(tail: TailAttributes, shape: Shape, layers: LayerBuilder): void {
  const { norm, act, slope } = tail;
  if (norm !== null) addBatchNorm(norm, shape, layers, "batchnorm");
  if (act === null) return;
  const attributes = { act, slope: act === "leaky_relu" ? slope : 0 };
  layers.add("activation", { name: act, attributes, shape });
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

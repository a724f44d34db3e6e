/**
 * Attributes, weights and counts of what follows the products of a convolution or dense layer: bias, norm, activation.
 */
import { unreachable } from "../core/assert.ts";
import type { ActivationName, AttributeValue, Norm } from "../ir/attributes.ts";
import type { Dimension, Shape } from "../ir/dimension.ts";
import type { InitialValue, LayerTensor } from "../ir/layer-graph.ts";
import { activationCounts } from "./activation.ts";
import { addBatchNorm, batchNormCounts } from "./batch-norm-layer.ts";
import { addGroupNorm, groupNormCounts, reportUnevenNorm } from "./group-norm-layer.ts";
import { initialValueBefore } from "./initial-value.ts";
import { channelTensor, type LayerBuilder } from "./layer-builder.ts";
import { addLayerNorm, layerNormCounts } from "./layer-norm-layer.ts";
import type { AttributeDefinition, Flag, ReportShape } from "./operator.ts";
import { type Primitives, sumPrimitives } from "./primitives.ts";

/** The order of computation is products, bias, norm, activation. */
export type TailAttributes = {
  readonly norm: Norm | null;
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
      doc: "Normalization after the layer: `batch`, `layer` or `group`, with the current defaults of `batchnorm`, `layernorm` or `groupnorm`, or `none`.",
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
      doc: "Whether a bias is added; by default unless batch normalization follows, which would cancel it.",
      alsoCalled: ["use_bias"],
      default: (given) => !isBatchNorm(given.norm),
      change: "bias",
    },
  };
}

/** `batch` stands for batch normalization where defaults are not looked up yet. */
function isBatchNorm(norm: AttributeValue | undefined): boolean {
  if (typeof norm === "object" && norm !== null) return "kind" in norm && norm.kind === "batch";
  return norm === "batch";
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

/** Reports a normalization that does not fit the channels that go out. */
export function reportUnfitTail(
  operator: string,
  { norm }: Pick<TailAttributes, "norm">,
  channels: Dimension,
  report: ReportShape,
): void {
  if (norm?.kind === "group") reportUnevenNorm(operator, norm.groups, channels, report, "norm");
}

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
  if (norm !== null) addNorm(norm, shape, layers);
  if (act === null) return;
  const attributes = { act, slope: act === "leaky_relu" ? slope : 0 };
  layers.add("activation", { name: act, attributes, shape });
}

function addNorm(norm: Norm, shape: Shape, layers: LayerBuilder): void {
  switch (norm.kind) {
    case "batch":
      addBatchNorm(norm, shape, layers, "batchnorm");
      break;
    case "layer":
      addLayerNorm(norm, shape, layers, "layernorm");
      break;
    case "group":
      addGroupNorm(norm, shape, layers, "groupnorm");
      break;
    default:
      unreachable(norm);
  }
}

function normCounts(norm: Norm, elements: number, channels: number): Partial<Primitives> {
  switch (norm.kind) {
    case "batch":
      return batchNormCounts(elements, channels);
    case "layer":
      return layerNormCounts(elements, channels);
    case "group":
      return groupNormCounts(elements, channels);
    default:
      return unreachable(norm);
  }
}

/** Counts of the tail; the bias is counted by the layer itself, since convolutions and dense layers differ in it. */
export function tailCounts(
  tail: Pick<TailAttributes, "norm" | "act">,
  elements: number,
  channels: number,
): Partial<Primitives> {
  return sumPrimitives([
    tail.norm === null ? {} : normCounts(tail.norm, elements, channels),
    tail.act === null ? {} : activationCounts(tail.act, elements),
  ]);
}

/**
 * Defines `layernorm`: the channels at each position, normalized by their own mean and variance; `norm=layer` on any other
 * operator takes its defaults from here.
 */
import type { LayerNorm } from "../ir/attributes.ts";
import { knownChannels, knownElements } from "./feature-map.ts";
import { addLayerNorm, layerNormCounts } from "./layer-norm-layer.ts";
import { defineOperator } from "./operator.ts";

export type LayerNormAttributes = {
  readonly [Name in Exclude<keyof LayerNorm, "kind">]: LayerNorm[Name];
};

export const layernorm = defineOperator<LayerNormAttributes>({
  name: "layernorm",
  family: "normalization",
  doc: "Normalizes the channels at each position by their own mean and variance, as Keras' LayerNormalization over the last axis.",
  alsoCalled: ["LayerNormalization", "LayerNorm", "LayerNorm2d", "ln"],
  norm: "layer",
  operands: [],
  attributes: {
    eps: {
      type: "float",
      doc: "Added to the variance. The default is that of ConvNeXt and of vision transformers; PyTorch's is 1e-5, Keras' 1e-3.",
      alsoCalled: ["epsilon"],
      default: 1e-6,
      min: 0,
      change: "epsilon",
    },
    gamma: {
      type: "bool",
      doc: "Whether a trainable scale for each channel follows.",
      alsoCalled: ["scale"],
      resembles: ["elementwise_affine"],
      default: true,
      change: "affine",
    },
    beta: {
      type: "bool",
      doc: "Whether a trainable offset for each channel follows.",
      alsoCalled: ["center"],
      default: true,
      change: "affine",
    },
  },
  flags: {},
  inferShape: (_, input) => input,
  lower: (attributes, { output }, layers) => addLayerNorm(attributes, output, layers),
  measure: (_, input) => layerNormCounts(knownElements(input), knownChannels(input)),
});

/** Defines `prelu`: a rectifier that learns the slope below zero, one for each channel. */
import { channelsOf } from "../ir/dimension.ts";
import { activationCounts } from "./activation.ts";
import { knownElements } from "./feature-map.ts";
import { defineOperator } from "./operator.ts";

export type PreluAttributes = { readonly init: number };

export const prelu = defineOperator<PreluAttributes>({
  name: "prelu",
  family: "activation",
  doc: "x above zero, alpha * x below, with a learned alpha for each channel that all places share.",
  alsoCalled: ["PReLU", "parametric_relu"],
  operands: [],
  attributes: {
    init: {
      type: "float",
      doc: "What alpha starts from: 0.25 as in He et al. (2015) and PyTorch; Keras starts from 0.",
      default: 0.25,
      change: "none",
    },
  },
  flags: {},
  inferShape: (_, input) => input,
  lower: ({ init }, { output }, layers) => {
    const channels = Number(channelsOf(output));
    const isMap = output.length === 3;
    layers.add("prelu", {
      attributes: { init },
      shape: output,
      tensors: [
        {
          name: "alpha",
          shape: isMap ? [1, 1, channels] : [channels],
          axes: isMap ? ["shared", "shared", "out"] : ["out"],
          trainable: true,
          initial: "constant",
        },
      ],
    });
  },
  measure: (_, input) => activationCounts("leaky_relu", knownElements(input)),
});

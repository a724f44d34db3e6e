/** Defines `layer_scale`: a learned factor for each channel, which ConvNeXt has at the end of a residual's body. */
import { channelsOf } from "../ir/dimension.ts";
import { knownElements } from "./feature-map.ts";
import { channelTensor } from "./layer-builder.ts";
import { defineOperator } from "./operator.ts";

export type LayerScaleAttributes = { readonly init: number };

export const layerScale = defineOperator<LayerScaleAttributes>({
  name: "layer_scale",
  family: "normalization",
  doc: "Multiplies each channel by a learned factor, gamma, as the layer scale of CaiT and ConvNeXt.",
  alsoCalled: ["LayerScale", "channel_scale"],
  operands: [],
  attributes: {
    init: {
      type: "float",
      doc: "What gamma starts from: 1e-6 in ConvNeXt.",
      default: 1e-6,
      change: "none",
    },
  },
  flags: {},
  inferShape: (_, input) => input,
  lower: ({ init }, { output }, layers) =>
    layers.add("layer_scale", {
      attributes: { init },
      shape: output,
      tensors: [channelTensor("gamma", Number(channelsOf(output)), "constant")],
    }),
  measure: (_, input) => ({ scaleMuls: knownElements(input) }),
});

/** Group normalization as a layer and as counts, whether it is a step of its own or the norm of another operator. */
import { channelsOf, type Dimension, isKnown, type Shape } from "../ir/dimension.ts";
import type { LayerAttributes } from "../ir/layer-graph.ts";
import { channelTensor, type LayerBuilder } from "./layer-builder.ts";
import type { ReportShape } from "./operator.ts";
import type { Primitives } from "./primitives.ts";

/** Adds the layer; its tensors in the order in which Keras lists them. */
export function addGroupNorm(
  { groups, eps, gamma, beta }: LayerAttributes["group_norm"],
  shape: Shape,
  layers: LayerBuilder,
  name = "",
): void {
  const channels = Number(channelsOf(shape));
  layers.add("group_norm", {
    name,
    attributes: { groups, eps, gamma, beta },
    shape,
    tensors: [
      ...(gamma ? [channelTensor("gamma", channels, "ones")] : []),
      ...(beta ? [channelTensor("beta", channels, "zeros")] : []),
    ],
  });
}

export function groupNormCounts(elements: number, channels: number): Partial<Primitives> {
  return { groupNormElements: elements, groupNormChannels: channels };
}

/** Reports groups that do not divide the channels, at `attribute` of `operator`. */
export function reportUnevenNorm(
  operator: string,
  groups: number,
  channels: Dimension,
  report: ReportShape,
  attribute: string,
): void {
  if (!isKnown(channels) || channels % groups === 0) return;
  const of = "normalized channels";
  report("shape/groups-do-not-divide", { operator, groups, channels, of }, attribute);
}

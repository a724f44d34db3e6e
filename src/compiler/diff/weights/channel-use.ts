/** How each kind of layer treats the channels that it reads: what that means for their order is said nowhere else. */
import { unreachable } from "../../core/assert.ts";
import { channelsOf } from "../../ir/dimension.ts";
import type { Layer } from "../../ir/layer-graph.ts";

/**
 * `filters`: every channel that goes out is made of all that come in, by weights of its own, so both may be in any order.
 * `each`: every channel is treated by itself. `alike`: every channel by itself and by all of them, whatever their order.
 * `neighbours`: by others that depend on its place. `moved`: channels are put elsewhere, and nothing is computed.
 */
export type ChannelUse = "filters" | "each" | "alike" | "neighbours" | "moved";

export function channelUse(layer: Layer): ChannelUse {
  switch (layer.kind) {
    case "conv":
      return layer.attributes.groups === 1 ? "filters" : "neighbours";
    case "separable_conv":
    case "transposed_conv":
    case "dense":
      return "filters";
    case "activation":
      return layer.attributes.act === "softmax" ? "alike" : "each";
    case "layer_norm":
    case "l2_norm":
      return "alike";
    case "group_norm": {
      const { groups } = layer.attributes;
      if (groups === 1) return "alike";
      return groups === channelsOf(layer.shape) ? "each" : "neighbours";
    }
    case "lrn":
      return layer.attributes.size === 1 ? "each" : "neighbours";
    case "input":
    case "concat":
    case "slice":
    case "shuffle":
    case "flatten":
    case "reshape":
    case "permute":
      return "moved";
    case "depthwise_conv":
    case "batch_norm":
    case "prelu":
    case "layer_scale":
    case "max_pool":
    case "avg_pool":
    case "global_max_pool":
    case "global_avg_pool":
    case "add":
    case "multiply":
    case "rescale":
    case "pad":
    case "crop":
    case "upsample":
    case "resize":
    case "dropout":
    case "drop_path":
    case "output":
    case "copy":
      return "each";
    default:
      return unreachable(layer);
  }
}

/** Whether filters make the channels that go out, all of them or those of a group of channels. */
export function hasFilters(layer: Layer): boolean {
  return layer.kind === "conv" || channelUse(layer) === "filters";
}

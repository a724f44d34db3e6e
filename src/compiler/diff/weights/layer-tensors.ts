/** Lists the tensors of one operator as a checkpoint stores them: names, shapes, bytes, and which axes are channels. */
import { BYTES_PER_ELEMENT } from "../../cost/live-memory.ts";
import { operatorNamed } from "../../ops/registry.ts";
import type { Part } from "../part.ts";

/** Which channels an axis counts: what comes in, what comes out, or what comes in times the depth multiplier. */
export type ChannelRole = "input" | "output" | "expanded-input";

export interface LayerTensor {
  /** `stem.conv.batchnorm/beta`: the layer of generated code, then the tensor's name in it. */
  readonly name: string;
  /** The name without the operator's own path: what equal operators share. */
  readonly key: string;
  readonly shape: readonly number[];
  readonly bytes: number;
  /** Axes that permuted channels permute. */
  readonly channelAxes: readonly { readonly axis: number; readonly role: ChannelRole }[];
}

/** In Keras' order; in float32, as checkpoints are. */
export function layerTensors({ node, shaped, path }: Part): readonly LayerTensor[] {
  if (node.kind !== "operator") return [];
  const definition = operatorNamed(node.operator);
  return definition.weights(node.attributes, shaped.input).map(({ layer, name, shape }) => {
    const key = layer === "" ? `/${name}` : `.${layer}/${name}`;
    return {
      name: path + key,
      key,
      shape,
      bytes: shape.reduce((all, side) => all * side, BYTES_PER_ELEMENT.float32),
      channelAxes: channelAxesOf(name, shape.length),
    };
  });
}

function channelAxesOf(name: string, rank: number): LayerTensor["channelAxes"] {
  switch (name) {
    case "kernel":
      return [
        { axis: rank - 2, role: "input" },
        { axis: rank - 1, role: "output" },
      ];
    case "depthwise_kernel":
      return [{ axis: 2, role: "input" }];
    case "pointwise_kernel":
      return [
        { axis: 2, role: "expanded-input" },
        { axis: 3, role: "output" },
      ];
    default:
      return [{ axis: 0, role: "output" }];
  }
}

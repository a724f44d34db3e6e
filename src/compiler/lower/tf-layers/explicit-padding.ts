/** Zeros that a layer of tf.layers cannot put around its input by itself: it knows `same` and `valid` only. */
import { InternalError } from "../../core/assert.ts";
import type { Padding } from "../../ir/attributes.ts";
import type { Layer, LayerAttributes, LayerTemplate } from "../../ir/layer-graph.ts";
import { marginsOf } from "../../ops/window.ts";

/** The zeros that a layer of their own puts there; nothing where the layer needs none, or where padding is no zeros. */
export function zerosAround(layer: Layer | LayerTemplate): LayerAttributes["pad"] | undefined {
  switch (layer.kind) {
    case "conv":
    case "depthwise_conv":
    case "separable_conv":
      return sidesOf(layer.attributes.pad);
    case "avg_pool":
      return layer.attributes.countPad ? sidesOf(layer.attributes.pad) : undefined;
    default:
      return undefined;
  }
}

/** The layer as it reads what has its zeros already. */
export function withoutPadding(layer: Layer | LayerTemplate): LayerTemplate {
  const { shape, tensors, options } = layer;
  const own = { name: "", inputs: [-1], shape, tensors, options };
  switch (layer.kind) {
    case "conv":
      return { ...own, kind: layer.kind, attributes: { ...layer.attributes, pad: "valid" } };
    case "depthwise_conv":
      return { ...own, kind: layer.kind, attributes: { ...layer.attributes, pad: "valid" } };
    case "separable_conv":
      return { ...own, kind: layer.kind, attributes: { ...layer.attributes, pad: "valid" } };
    case "avg_pool": {
      const attributes = { ...layer.attributes, pad: "valid", countPad: false } as const;
      return { ...own, kind: layer.kind, attributes };
    }
    default:
      throw new InternalError(`no zeros are put around \`${layer.kind}\``);
  }
}

function sidesOf(pad: Padding): LayerAttributes["pad"] | undefined {
  const [rows, columns] = [marginsOf(pad, 0), marginsOf(pad, 1)];
  return rows && columns ? { rows, columns } : undefined;
}

/** Says which layers stand in for one that tf.layers 4.22 lacks; their code is in emit/tfjs-layers. */
import type { Shape } from "../../ir/dimension.ts";
import {
  type Layer,
  type LayerAttributes,
  type LayerKind,
  type LayerTemplate,
  layerTemplate,
} from "../../ir/layer-graph.ts";
import { withoutPadding, zerosAround } from "./explicit-padding.ts";

/**
 * The layers in place of `layer`, which reads one tensor of shape `input`; the last has the name and gives the output of the
 * layer. Nothing where tf.layers has it.
 */
export function replaceForTfLayers(
  layer: Layer | LayerTemplate,
  input: Shape,
): readonly LayerTemplate[] | undefined {
  const { kind, attributes, shape } = layer;
  switch (kind) {
    case "conv":
    case "depthwise_conv":
    case "separable_conv": {
      const zeros = zerosAround(layer);
      if (!zeros) return undefined;
      return [
        template("pad", "pad", zeros, padded(input, zeros), [-1]),
        { ...withoutPadding(layer), name: "", inputs: [0] },
      ];
    }
    case "activation":
      return replaceActivation(attributes, shape);
    case "avg_pool": {
      if (!attributes.countPad) return undefined;
      const zeros = zerosAround(layer) ?? samePadding(attributes, input);
      const valid = { ...attributes, pad: "valid", countPad: false } as const;
      return [
        template("pad", "pad", zeros, padded(input, zeros), [-1]),
        template("avg_pool", "", valid, shape, [0]),
      ];
    }
    case "global_avg_pool":
    case "global_max_pool":
      if (!attributes.keepDims) return undefined;
      return [
        template(kind, "", { keepDims: false }, shape.slice(-1), [-1]),
        template("reshape", "reshape", {}, shape, [0]),
      ];
    case "shuffle": {
      const { groups } = attributes;
      const [height = 1, width = 1, channels] = shape;
      const share = Number(channels) / groups;
      return [
        template("reshape", "groups", {}, [height, width, groups, share], [-1]),
        template("permute", "turn", { axes: [0, 1, 3, 2] }, [height, width, share, groups], [0]),
        template("reshape", "", {}, shape, [1]),
      ];
    }
    default:
      return undefined;
  }
}

function padded(
  [height, width, channels = 0]: Shape,
  { rows, columns }: LayerAttributes["pad"],
): Shape {
  return [Number(height) + rows[0] + rows[1], Number(width) + columns[0] + columns[1], channels];
}

function replaceActivation(
  { act }: LayerAttributes["activation"],
  shape: Shape,
): readonly LayerTemplate[] | undefined {
  const rescale = (name: string, scale: number, offset: number, input: number) =>
    template("rescale", name, { scale, offset }, shape, [input]);
  const clipped = [
    rescale("shift", 1, 3, -1),
    template("activation", "relu6", { act: "relu6", slope: 0 }, shape, [0]),
  ];
  switch (act) {
    case "hard_sigmoid":
      return [...clipped, rescale("", 1 / 6, 0, 1)];
    case "hard_swish":
      return [
        ...clipped,
        rescale("scale", 1 / 6, 0, 1),
        template("multiply", "", {}, shape, [-1, 2]),
      ];
    default:
      return undefined;
  }
}

/**
 * The zeros that TensorFlow's `same` adds around a picture: max((ceil(size / stride) - 1) · stride + kernel - size, 0) in
 * all along a side, the smaller half in front.
 */
function samePadding(
  { kernel, stride }: LayerAttributes["avg_pool"],
  input: Shape,
): LayerAttributes["pad"] {
  const along = (axis: 0 | 1): readonly [number, number] => {
    const size = Number(input[axis]);
    const windows = Math.ceil(size / stride[axis]);
    const total = Math.max(0, (windows - 1) * stride[axis] + kernel[axis] - size);
    const before = Math.floor(total / 2);
    return [before, total - before];
  };
  return { rows: along(0), columns: along(1) };
}

function template<Kind extends LayerKind>(
  kind: Kind,
  name: string,
  attributes: LayerAttributes[Kind],
  shape: Shape,
  inputs: readonly number[],
): LayerTemplate {
  return layerTemplate(kind, { name, attributes, shape, inputs });
}
